// The last four characters of an identity number, as people type them.
export const tail_of = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
export const is_tail = (tail: string): boolean => /^\d{3}[\dX]$/.test(tail)
