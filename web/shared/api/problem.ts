// Whatever goes wrong with a request becomes one of these: the pages never look at a raw status or an exception text.
import { ts } from '../i18n/shared'

export type ProblemKind =
  | 'refused' // the server said no and said why
  | 'not_found'
  | 'not_signed_in'
  | 'version_differs' // somebody else changed it first
  | 'busy' // too much at once: wait, then again
  | 'offline' // nothing arrived
  | 'unexpected' // our fault

/** What still holds a thing that was to end, in the reader's words. */
export interface Use {
  use: string
  text: string
}

export class ProblemError extends Error {
  readonly kind: ProblemKind
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly path: string | null
  readonly request_id: string | null
  readonly uses: Use[]

  constructor(fields: {
    kind: ProblemKind; code: string; status?: number; title: string; detail: string; path?: string | null; request_id?: string | null
    uses?: Use[]
  }) {
    super(`${fields.code}: ${fields.title}`)
    this.name = 'ProblemError'
    this.kind = fields.kind
    this.code = fields.code
    this.status = fields.status ?? 0
    this.title = fields.title
    this.detail = fields.detail
    this.path = fields.path ?? null
    this.request_id = fields.request_id ?? null
    this.uses = fields.uses ?? []
  }
}

// Said to somebody who is signing in: trying again is the thing to do.
const wrong_words = ['wrong_credentials', 'wrong_code']

function kind_of(status: number, code: string): ProblemKind {
  if (status === 401 && !wrong_words.includes(code)) return 'not_signed_in'
  if (status === 404 || status === 410 || code === 'bad_path') return 'not_found'
  if (status === 412 || code === 'version_differs') return 'version_differs'
  if (status === 429 || status === 503) return 'busy'
  if (status >= 500) return 'unexpected'
  return 'refused'
}

/** From an answer of the server, which may or may not be the problem document it should be. */
export function problem_from(status: number, body: unknown): ProblemError {
  const found = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const text = (name: string) => (typeof found[name] === 'string' && found[name] !== '' ? (found[name] as string) : null)
  const code = text('code') ?? `http_${status}`
  const kind = kind_of(status, code)
  const words = kind === 'busy' ? 'busy' : 'unexpected'
  return new ProblemError({
    kind, code, status,
    title: text('title') ?? ts(`problem.${words}.title`),
    detail: text('detail') ?? (text('title') ? '' : ts(`problem.${words}.detail`)),
    path: text('path'),
    request_id: text('request_id'),
    uses: Array.isArray(found.uses) ? (found.uses as Use[]) : [],
  })
}

export function offline_problem(): ProblemError {
  return new ProblemError({ kind: 'offline', code: 'offline', title: ts('problem.offline.title'), detail: ts('problem.offline.detail') })
}

export function as_problem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown
  if (typeof console !== 'undefined') console.error(thrown)
  return new ProblemError({
    kind: 'unexpected', code: 'unexpected', title: ts('problem.unexpected.title'), detail: ts('problem.unexpected.detail'),
  })
}
