import type zh from './texts.zh'

export default {
  'role.greeter': 'Greeter',
  'role.window_officer': 'Window officer',
  'role.branch_secretary': 'Branch secretary',
  'role.committee_officer': 'Committee officer',
  'role.station_keeper': 'Station keeper',
  'role.grid_head': 'Grid head',
  'role.lecturer': 'Lecturer',
  'role.centre_manager': 'Centre manager',
  'role.auditor': 'Auditor',
  'role.administrator': 'Administrator',
} satisfies Record<keyof typeof zh, string>
