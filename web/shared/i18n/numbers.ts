// Numbers as people read them out and type them.

/** 138 0013 8000 and 310114 19520308 0028, as they are read out. */
export function spaced(number: string): string {
  return number.trim().replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3').replace(/^(\d{6})(\d{8})(\d{3}[\dX])$/, '$1 $2 $3')
}

/** The digits of a code as it may be typed: "１２３ ４５６", or with the words around it. */
export function digits_of(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '')
}
