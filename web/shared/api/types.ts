// The views of the API under short names. When the document renames one, this is the only file to change.
import type { components } from './schema'

type Schemas = components['schemas']

export type Text = Schemas['Text']
export type TownView = Schemas['TownView']
export type HallView = Schemas['HallView']
export type ServiceView = Schemas['ServiceView']
export type MatterView = Schemas['MatterView']
export type QueueView = Schemas['QueueView']
export type TicketView = Schemas['TicketView']
export type CaseProgress = Schemas['CaseProgress']
export type SessionView = Schemas['SessionView']
export type WindowView = Schemas['WindowView']
export type DeskView = Schemas['DeskView']
export type CaseView = Schemas['CaseView']
export type CaseRow = Schemas['CaseRow']
export type CasePhase = CaseProgress['phase']
export type TicketState = TicketView['state']
