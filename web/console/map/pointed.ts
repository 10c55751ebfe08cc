/** Whether a mouse was moved there. What scrolls under one that rests is not pointed at: whoever goes by the keys keeps their place. */
export const pointed = (event: MouseEvent) => event.movementX !== 0 || event.movementY !== 0
