// What these pages know of an import: how it stands, how far it has come, and whose it is.
import { body, client } from '@shared/api/client'
import { use_load } from '@shared/api/load'
import type { ImportKind, ImportState, ImportView } from '@shared/api/types'
import { say } from '@shared/i18n'
import { has_role, session } from '../session'
import { t } from './texts'

/** Those that whoever is signed in may import; what a sheet of them has is the server's to say. */
export const use_kinds = () => use_load(() => body(client.GET('/api/imports/kinds')))

export const may_import = () => has_role('centre_manager', 'administrator')
export const sees_all = () => has_role('administrator')
export const is_mine = (view: ImportView) => view.started_by === session.value?.staff.id

/** Of a kind that these pages cannot ask about, nothing is shown that may be somebody's. */
export const is_personal = (kind: ImportKind | undefined) => kind?.personal ?? true
export const name_of = (kind: ImportKind | undefined) => (kind ? say(kind.name) : t('imports.kind.unknown'))

export type Standing = ImportState | 'stopped'
/** Rows that had no turn: it was stopped before. */
export const left_of = (view: ImportView) => Math.max(0, view.total - view.recorded - view.refused)
export const standing_of = (view: ImportView): Standing => (view.state === 'done' && left_of(view) > 0 ? 'stopped' : view.state)
export const tones: Record<Standing, 'good' | 'wait' | 'bad' | 'quiet'> = {
  draft: 'wait', importing: 'wait', stopped: 'bad', done: 'good', undoing: 'wait', undone: 'quiet', dropped: 'quiet',
}

/** Goes on when it is run. */
export const is_under_way = (view: ImportView) => view.state === 'importing' || view.state === 'undoing'
export const progress_of = (view: ImportView) =>
  view.state === 'undoing' ? { done: view.ended + view.kept, total: view.recorded } : { done: view.recorded + view.refused, total: view.total }

/** One line for the list. */
export function summary_of(view: ImportView): string {
  const some = (...parts: (string | false)[]) => parts.filter(Boolean).join(t('sum.comma'))
  switch (standing_of(view)) {
    case 'draft':
    case 'dropped':
      return some(t('sum.draft', { count: view.total }), view.faulty > 0 && t('sum.draft.faulty', { count: view.faulty }))
    case 'importing': return t('sum.importing', progress_of(view))
    case 'undoing': return t('sum.undoing', progress_of(view))
    case 'undone': return some(t('sum.ended', { count: view.ended }), view.kept > 0 && t('sum.kept', { count: view.kept }))
    case 'stopped':
    case 'done':
      return some(t('sum.recorded', { count: view.recorded }), view.refused > 0 && t('sum.refused', { count: view.refused }), left_of(view) > 0 && t('sum.left', { count: left_of(view) }))
  }
}
