import { describe, expect, it } from 'vitest'
import { no_refusal, own_words, refusal_said } from './refusal'

describe('why a case is refused', () => {
  it('is one of the reasons of the matter, or words of one’s own with what helps now', () => {
    expect(refusal_said(no_refusal())).toBeNull()
    expect(refusal_said({ refusal: 'not_here', reason: 'forgotten', remedy: '' })).toEqual({ refusal: 'not_here' })
    expect(refusal_said({ refusal: own_words, reason: ' 不符合 ', remedy: ' ' })).toBeNull()
    expect(refusal_said({ refusal: own_words, reason: ' 不符合 ', remedy: '请找居委会' })).toEqual({ reason: '不符合', remedy: '请找居委会' })
    expect(refusal_said({ refusal: '', reason: '不符合', remedy: '请找居委会' })).toEqual({ reason: '不符合', remedy: '请找居委会' })
  })
})
