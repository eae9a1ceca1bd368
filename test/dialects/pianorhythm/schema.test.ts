import { ScalarType } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { file_pianorhythm } from '../../../src/dialects/pianorhythm/built/pianorhythm_pb'

/** As the published page has them. */
const DOCUMENTED: Readonly<Record<string, Readonly<Record<string, readonly [number: number, type: string]>>>> = {
  ServerMessage: {
    messageType: [1, 'ServerMessageType'],
    createRoomCommand: [2, 'CreateRoomCommand'],
    updateRoomCommand: [3, 'UpdateRoomCommand'],
    joinRoomByName: [4, 'JoinRoomByName'],
    roomChatMessage: [5, 'RoomChatMessage'],
    midiMessage: [6, 'MidiMessage'],
    serverCommand: [7, 'ServerCommand'],
    avatarCommand: [8, 'AvatarCommand'],
  },
  CreateRoomCommand: {
    room_name: [1, 'string'],
    room_type: [2, 'RoomType'],
    password: [3, 'string'],
    settings: [4, 'RoomSettings'],
  },
  RoomSettings: {
    max_users: [1, 'int32'],
    allow_chat: [2, 'bool'],
    allow_guests: [3, 'bool'],
    auto_moderation: [4, 'bool'],
    require_pro: [5, 'bool'],
    welcome_message: [6, 'string'],
  },
  JoinRoomByName: { room_name: [1, 'string'], password: [2, 'string'] },
  RoomJoinedResponse: {
    success: [1, 'bool'],
    room_info: [2, 'RoomInfo'],
    current_users: [3, 'repeated UserInfo'],
    error_message: [4, 'string'],
  },
  RoomChatMessage: { message: [1, 'string'], message_type: [2, 'ChatMessageType'] },
  RoomChatServerCommand: { command: [1, 'string'], target_user: [2, 'string'], reason: [3, 'string'] },
  MidiMessage: { midi_data: [1, 'bytes'], timestamp: [2, 'int64'], user_id: [3, 'string'] },
  AvatarCommand: { action: [1, 'AvatarAction'], avatar_data: [2, 'AvatarData'] },
  FriendRequest: { target_user_id: [1, 'string'], action: [2, 'FriendAction'] },
  ServerCommand: { commandType: [1, 'ServerCommandType'], parameters: [2, 'map<string, string>'] },
  ErrorMessage: {
    error_type: [1, 'ErrorType'],
    error_code: [2, 'string'],
    error_message: [3, 'string'],
    error_details: [4, 'map<string, string>'],
  },
}

const DOCUMENTED_ENUMS: Readonly<Record<string, readonly string[]>> = {
  AvatarAction: ['UPDATE_POSITION', 'UPDATE_APPEARANCE', 'UPDATE_STATUS'],
  UserStatus: ['ONLINE', 'AWAY', 'BUSY', 'INVISIBLE'],
  FriendAction: ['SEND_REQUEST', 'ACCEPT_REQUEST', 'DECLINE_REQUEST', 'REMOVE_FRIEND'],
  ServerCommandType: ['JOIN', 'LEAVE', 'CREATE_OR_JOIN_ROOM', 'ENTER_LOBBY', 'UPDATE_SETTINGS'],
  ErrorType: ['VALIDATION_ERROR', 'PERMISSION_ERROR', 'RESOURCE_ERROR', 'SYSTEM_ERROR'],
}

const messageNamed = (name: string) => file_pianorhythm.messages.find((message) => message.name === name)

type Field = NonNullable<ReturnType<typeof messageNamed>>['fields'][number]

/** As the page spells it: `int32`, `RoomInfo`, `repeated UserInfo`. */
function spelled(field: Field): string {
  switch (field.fieldKind) {
    case 'scalar':
      return ScalarType[field.scalar].toLowerCase()
    case 'enum':
      return field.enum.name
    case 'message':
      return field.message.name
    case 'list':
      return `repeated ${field.listKind === 'message' ? field.message.name : ''}`
    case 'map':
      return field.mapKind === 'scalar'
        ? `map<${ScalarType[field.mapKey].toLowerCase()}, ${ScalarType[field.scalar].toLowerCase()}>`
        : 'map'
  }
}

describe('the schema', () => {
  it.each(Object.entries(DOCUMENTED))('[PR2] %s has every documented number and type', (name, fields) => {
    const known = messageNamed(name)?.fields ?? []
    for (const [fieldName, [number, type]] of Object.entries(fields)) {
      const field = known.find((each) => each.name === fieldName)
      expect(field?.number, fieldName).toBe(number)
      expect(field && spelled(field), fieldName).toBe(type)
    }
  })

  it('[PR2] what is ours in documented messages begins at 100', () => {
    const ours = Object.entries(DOCUMENTED).flatMap(([name, fields]) =>
      (messageNamed(name)?.fields ?? []).filter((field) => !Object.hasOwn(fields, field.name)),
    )
    expect(ours.length).toBeGreaterThan(0)
    expect(ours.filter(({ number }) => number < 100)).toEqual([])
  })

  it.each(Object.entries(DOCUMENTED_ENUMS))('[PR2] %s counts its documented values from 0', (name, values) => {
    const known = file_pianorhythm.enums.find((each) => each.name === name)
    expect(known?.values.map(({ name: value, number }) => [value, number])).toEqual(
      values.map((value, number) => [value, number]),
    )
  })

  it('[PR2] the type of a message is the number of the member that it carries, and 0 means nothing', () => {
    const types = file_pianorhythm.enums.find(({ name }) => name === 'ServerMessageType')?.values ?? []
    const members = messageNamed('ServerMessage')?.oneofs[0]?.fields ?? []
    expect(types.map(({ number }) => number)).toEqual([0, ...members.map(({ number }) => number)])
  })
})
