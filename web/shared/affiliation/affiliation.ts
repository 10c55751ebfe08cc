// What a person does and where they belong, in words: volunteering, and membership of the Party.
import type { Membership, Volunteering, VolunteerSkill } from '../api/types'
import { texts } from '../i18n'
import { written } from '../i18n/birth_date'
import en from './texts.en'
import zh from './texts.zh'

const t = texts(zh, en)

export type Row = { term: string; words: string }
const said = (rows: Row[]) => rows.filter(({ words }) => words)

export const volunteering_title = () => t('volunteering')
export const membership_title = () => t('membership')

export const skills_in_words = (skills: readonly VolunteerSkill[]) => skills.map((skill) => t(`skill.${skill}`)).join(t('skills.between'))

/** What is known of it, line by line. */
export function volunteering_rows({ skills, register_number, since, venue, place_name }: Volunteering): Row[] {
  return said([
    { term: t('volunteering.skills'), words: skills_in_words(skills) },
    { term: t('volunteering.register_number'), words: register_number ?? '' },
    { term: t('volunteering.since'), words: written(since) },
    { term: t(venue ? 'volunteering.venue' : 'volunteering.organisation'), words: place_name ?? '' },
  ])
}

/** The branch stands there by its exact name of the day on which it was recorded. */
export function membership_rows({ branch_name, kind, joined_on }: Membership): Row[] {
  return said([
    { term: t('membership.branch'), words: branch_name },
    { term: t('membership.kind'), words: t(`kind.${kind}`) },
    { term: t('membership.joined_on'), words: written(joined_on) },
  ])
}
