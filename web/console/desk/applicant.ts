// Whom a case is for, where they wish to be recorded: a name and a phone, or neither.
export type Applicant = { name: string; phone: string }

export const nobody = (): Applicant => ({ name: '', phone: '' })
export const halved = ({ name, phone }: Applicant): boolean => (name.trim() === '') !== (phone.trim() === '')

/** As the server takes it. */
export function named({ name, phone }: Applicant): Applicant | null {
  return name.trim() ? { name: name.trim(), phone: phone.trim() } : null
}
