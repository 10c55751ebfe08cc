export const own_words = 'own words' // no reason of a matter has such a key
export type RefusalWish = { refusal: string; reason: string; remedy: string }

export const no_refusal = (): RefusalWish => ({ refusal: '', reason: '', remedy: '' })

/** As the server takes it; nothing where something is missing still. */
export function refusal_said(wish: RefusalWish) {
  if (wish.refusal && wish.refusal !== own_words) return { refusal: wish.refusal }
  const reason = wish.reason.trim()
  const remedy = wish.remedy.trim()
  return reason && remedy ? { reason, remedy } : null
}
