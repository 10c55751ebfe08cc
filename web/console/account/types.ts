// The views of these pages under short names, as in shared/api/types.ts.
import type { components, paths } from '@shared/api/schema'

type Schemas = components['schemas']

export type SecondFactorView = Schemas['SecondFactorView']
export type SecondFactorSecret = Schemas['SecondFactorSecret']
export type PasskeyView = Schemas['PasskeyView']
export type PasskeyWish = Schemas['PasskeyWish']
export type PasskeyChallenge = Schemas['PasskeyChallenge']
export type PasskeyProof = NonNullable<paths['/api/session/passkey']['post']['requestBody']>['content']['application/json']
