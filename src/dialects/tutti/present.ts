/** The fields that have a value; our types know absent fields, not undefined ones. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>
}

type Present<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> }
