// What somebody would rather not be asked on this visit. In memory only: the next visit may ask again.
export const put_off = new Set<string>()
