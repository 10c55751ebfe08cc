import { describe, expect, it } from 'vitest'
import { from_base64url, to_base64url, why_stopped } from './passkey'

describe('bytes as base64url', () => {
  it('go there and back, whatever they are', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + 251 * length) % 256)
      const text = to_base64url(bytes.buffer)
      expect(text).toMatch(/^[\w-]*$/)
      expect([...from_base64url(text)]).toEqual([...bytes])
    }
  })

  it('are written as RFC 4648 writes them, without padding', () => {
    expect(to_base64url(Uint8Array.from([0xfb, 0xff, 0xfe]).buffer)).toBe('-__-')
    expect(to_base64url(Uint8Array.from([0]).buffer)).toBe('AA')
  })
})

describe('what the browser says', () => {
  it('is told apart by what can be done about it', () => {
    expect(why_stopped(new DOMException('', 'InvalidStateError'))).toBe('known')
    expect(why_stopped(new DOMException('', 'SecurityError'))).toBe('refused')
    expect(why_stopped(new DOMException('', 'NotAllowedError'))).toBe('stopped')
    expect(why_stopped(new TypeError())).toBe('stopped')
  })
})
