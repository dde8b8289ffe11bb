defmodule Quikstate.V1.ErrorReason do
  @moduledoc """
  ErrorReason says why a call failed. Every failed call carries a
  google.rpc.ErrorInfo whose `reason` is the full name of one of these values,
  whose `domain` is "quikstate" and whose `metadata` repeats every dynamic
  word of the message. Expected outcomes (denied, busy, miss) are response
  fields, never errors.

  Number ranges: 1 to 19 all services, 20 to 29 LockService, 30 to 39
  SessionService, 40 to 49 CacheService, 50 to 59 PubSubService, 60 to 69
  QueueService, 70 to 79 RateLimitService, 80 to 89 PresenceService.
  """

  use Protobuf,
    enum: true,
    full_name: "quikstate.v1.ErrorReason",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.EnumDescriptorProto{
      name: "ErrorReason",
      value: [
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_UNSPECIFIED",
          number: 0,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_INVALID_REQUEST",
          number: 1,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_POLICY_NOT_FOUND",
          number: 2,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_GROUP_REQUIRED",
          number: 3,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_KEY_TYPE_CONFLICT",
          number: 4,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_REDIS_UNAVAILABLE",
          number: 5,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_OUTCOME_UNKNOWN",
          number: 6,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_REPLICAS_NOT_REACHED",
          number: 7,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_DEADLINE_EXCEEDED",
          number: 8,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_OVERLOADED",
          number: 9,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_REDIS_OUT_OF_MEMORY",
          number: 10,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_SHUTTING_DOWN",
          number: 11,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_INTERNAL",
          number: 12,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_UNAUTHENTICATED",
          number: 13,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_PERMISSION_DENIED",
          number: 14,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_QUOTA_EXCEEDED",
          number: 15,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_RESPONSE_TOO_LARGE",
          number: 40,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_VALUE_TOO_LARGE",
          number: 41,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_CHANNEL_DURABLE",
          number: 50,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ERROR_REASON_QUEUE_FULL",
          number: 60,
          options: nil,
          __unknown_fields__: []
        }
      ],
      options: nil,
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :ERROR_REASON_UNSPECIFIED, 0
  field :ERROR_REASON_INVALID_REQUEST, 1
  field :ERROR_REASON_POLICY_NOT_FOUND, 2
  field :ERROR_REASON_GROUP_REQUIRED, 3
  field :ERROR_REASON_KEY_TYPE_CONFLICT, 4
  field :ERROR_REASON_REDIS_UNAVAILABLE, 5
  field :ERROR_REASON_OUTCOME_UNKNOWN, 6
  field :ERROR_REASON_REPLICAS_NOT_REACHED, 7
  field :ERROR_REASON_DEADLINE_EXCEEDED, 8
  field :ERROR_REASON_OVERLOADED, 9
  field :ERROR_REASON_REDIS_OUT_OF_MEMORY, 10
  field :ERROR_REASON_SHUTTING_DOWN, 11
  field :ERROR_REASON_INTERNAL, 12
  field :ERROR_REASON_UNAUTHENTICATED, 13
  field :ERROR_REASON_PERMISSION_DENIED, 14
  field :ERROR_REASON_QUOTA_EXCEEDED, 15
  field :ERROR_REASON_RESPONSE_TOO_LARGE, 40
  field :ERROR_REASON_VALUE_TOO_LARGE, 41
  field :ERROR_REASON_CHANNEL_DURABLE, 50
  field :ERROR_REASON_QUEUE_FULL, 60
end
