// The browser's side of passkeys: from what the server asks to what it is answered, all bytes as base64url.
import type { PasskeyChallenge, PasskeyProof, PasskeyWish } from './types'

/** Whether the browser can, at this address: over TLS or on the machine itself. */
export function passkeys_here(): boolean {
  return window.isSecureContext
    && typeof window.PublicKeyCredential === 'function'
    && typeof AuthenticatorAttestationResponse.prototype.getAuthenticatorData === 'function'
}

export function to_base64url(bytes: ArrayBuffer): string {
  let text = ''
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte)
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

export function from_base64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
}

/** Why the browser made or used none: cancelled or too late, there already, or not at this address. */
export type Stopped = 'stopped' | 'known' | 'refused'
export function why_stopped(thrown: unknown): Stopped {
  const name = thrown instanceof DOMException ? thrown.name : ''
  if (name === 'InvalidStateError') return 'known'
  return name === 'SecurityError' ? 'refused' : 'stopped'
}

const patience_ms = (expires_at: string) => Math.max(10_000, Date.parse(expires_at) - Date.now())

export async function make_passkey(wish: PasskeyWish) {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: from_base64url(wish.challenge),
      rp: { id: wish.host, name: 'Doorstep' },
      user: { id: from_base64url(wish.user), name: wish.username, displayName: wish.name },
      pubKeyCredParams: wish.algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: wish.known.map((id) => ({ type: 'public-key', id: from_base64url(id) })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      timeout: patience_ms(wish.expires_at),
    },
  }) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return { client_data: to_base64url(response.clientDataJSON), authenticator_data: to_base64url(response.getAuthenticatorData()) }
}

export async function use_passkey(given: PasskeyChallenge): Promise<PasskeyProof> {
  const used = await navigator.credentials.get({
    publicKey: { challenge: from_base64url(given.challenge), rpId: given.host, userVerification: 'required', timeout: patience_ms(given.expires_at) },
  }) as PublicKeyCredential
  const response = used.response as AuthenticatorAssertionResponse
  return {
    credential: to_base64url(used.rawId),
    user: response.userHandle ? to_base64url(response.userHandle) : '-',
    client_data: to_base64url(response.clientDataJSON),
    authenticator_data: to_base64url(response.authenticatorData),
    signature: to_base64url(response.signature),
  }
}
