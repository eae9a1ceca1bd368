/**
 * Bytes and messages: the only file that knows Protocol Buffers as they are made from the schema. What a message may hold is `frames.ts`'s to say.
 * Whatever comes is a message or nothing, never an exception.
 */
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import type { Frame } from '../dialect'
import { type ServerMessage, ServerMessageSchema, ServerMessageType } from './built/pianorhythm_pb'

/** One member of the envelope, by its name. */
export type Carried = Extract<ServerMessage['message'], { readonly value: unknown }>
export type CarriedName = Carried['case']
export type CarriedInit = Extract<
  NonNullable<MessageInitShape<typeof ServerMessageSchema>['message']>,
  { readonly case: CarriedName }
>

const TYPES: Readonly<Record<CarriedName, ServerMessageType>> = {
  createRoomCommand: ServerMessageType.CREATE_ROOM_COMMAND,
  updateRoomCommand: ServerMessageType.UPDATE_ROOM_COMMAND,
  joinRoomByName: ServerMessageType.JOIN_ROOM_BY_NAME,
  roomChatMessage: ServerMessageType.ROOM_CHAT_MESSAGE,
  midiMessage: ServerMessageType.MIDI_MESSAGE,
  serverCommand: ServerMessageType.SERVER_COMMAND,
  avatarCommand: ServerMessageType.AVATAR_COMMAND,
  roomJoinedResponse: ServerMessageType.ROOM_JOINED_RESPONSE,
  roomChatServerCommand: ServerMessageType.ROOM_CHAT_SERVER_COMMAND,
  friendRequest: ServerMessageType.FRIEND_REQUEST,
  errorMessage: ServerMessageType.ERROR_MESSAGE,
  joinNextAvailableLobby: ServerMessageType.JOIN_NEXT_AVAILABLE_LOBBY,
  leaveRoom: ServerMessageType.LEAVE_ROOM,
  privateMessage: ServerMessageType.PRIVATE_MESSAGE,
  userStatusUpdate: ServerMessageType.USER_STATUS_UPDATE,
  heartbeatMessage: ServerMessageType.HEARTBEAT_MESSAGE,
  getRoomInfo: ServerMessageType.GET_ROOM_INFO,
  roomInfo: ServerMessageType.ROOM_INFO,
  userJoinedRoom: ServerMessageType.USER_JOINED_ROOM,
  userLeftRoom: ServerMessageType.USER_LEFT_ROOM,
  userUpdated: ServerMessageType.USER_UPDATED,
  welcomeMessage: ServerMessageType.WELCOME_MESSAGE,
  systemCommand: ServerMessageType.SYSTEM_COMMAND,
  acknowledged: ServerMessageType.ACKNOWLEDGED,
  messageBatch: ServerMessageType.MESSAGE_BATCH,
}

/** Nothing where these bytes are no message. Text is none. */
export function readMessage(frame: Frame): ServerMessage | undefined {
  if (typeof frame === 'string') return undefined
  try {
    return fromBinary(ServerMessageSchema, frame, { readUnknownFields: false })
  } catch {
    return undefined
  }
}

export function writeMessage(message: CarriedInit, requestId = ''): Uint8Array {
  return toBinary(ServerMessageSchema, envelope(message, requestId))
}

/** Several messages as one. */
export function writeBatch(messages: readonly CarriedInit[]): Uint8Array {
  return writeMessage({ case: 'messageBatch', value: { messages: messages.map((each) => envelope(each, '')) } })
}

function envelope(message: CarriedInit, requestId: string): ServerMessage {
  return create(ServerMessageSchema, { messageType: TYPES[message.case], message, requestId })
}
