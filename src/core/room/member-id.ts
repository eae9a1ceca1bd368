/** A seat's name: a uuid. Of its own, so that the parts of a room can name members without knowing what a room is. */
export type MemberId = string
