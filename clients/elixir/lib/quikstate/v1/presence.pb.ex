defmodule Quikstate.V1.PresenceStatus do
  @moduledoc """
  PresenceStatus is the status of a user or of a connection. Of a user's
  connections the strongest counts: DO_NOT_DISTURB, then ONLINE, then AWAY.
  """

  use Protobuf,
    enum: true,
    full_name: "quikstate.v1.PresenceStatus",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.EnumDescriptorProto{
      name: "PresenceStatus",
      value: [
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "PRESENCE_STATUS_UNSPECIFIED",
          number: 0,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "PRESENCE_STATUS_OFFLINE",
          number: 1,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "PRESENCE_STATUS_AWAY",
          number: 2,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "PRESENCE_STATUS_ONLINE",
          number: 3,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "PRESENCE_STATUS_DO_NOT_DISTURB",
          number: 4,
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

  field :PRESENCE_STATUS_UNSPECIFIED, 0
  field :PRESENCE_STATUS_OFFLINE, 1
  field :PRESENCE_STATUS_AWAY, 2
  field :PRESENCE_STATUS_ONLINE, 3
  field :PRESENCE_STATUS_DO_NOT_DISTURB, 4
end

defmodule Quikstate.V1.PresenceConnection.MetadataEntry do
  use Protobuf,
    full_name: "quikstate.v1.PresenceConnection.MetadataEntry",
    map: true,
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "MetadataEntry",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "key",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "key",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "value",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "value",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: %Google.Protobuf.MessageOptions{
        message_set_wire_format: false,
        no_standard_descriptor_accessor: false,
        deprecated: false,
        map_entry: true,
        deprecated_legacy_json_field_conflicts: nil,
        features: nil,
        uninterpreted_option: [],
        __pb_extensions__: %{},
        __unknown_fields__: []
      },
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :key, 1, type: :string
  field :value, 2, type: :string
end

defmodule Quikstate.V1.PresenceConnection do
  @moduledoc """
  PresenceConnection is a device or tab through which a user is present.
  """

  use Protobuf,
    full_name: "quikstate.v1.PresenceConnection",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PresenceConnection",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "user_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "userId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "connection_id",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connectionId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "device_id",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "deviceId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "workspace_ids",
          extendee: nil,
          number: 4,
          label: :LABEL_REPEATED,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "workspaceIds",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 5,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.PresenceStatus",
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "metadata",
          extendee: nil,
          number: 6,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceConnection.MetadataEntry",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "metadata",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "ttl",
          extendee: nil,
          number: 7,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "ttl",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [
        %Google.Protobuf.DescriptorProto{
          name: "MetadataEntry",
          field: [
            %Google.Protobuf.FieldDescriptorProto{
              name: "key",
              extendee: nil,
              number: 1,
              label: :LABEL_OPTIONAL,
              type: :TYPE_STRING,
              type_name: nil,
              default_value: nil,
              options: nil,
              oneof_index: nil,
              json_name: "key",
              proto3_optional: nil,
              __unknown_fields__: []
            },
            %Google.Protobuf.FieldDescriptorProto{
              name: "value",
              extendee: nil,
              number: 2,
              label: :LABEL_OPTIONAL,
              type: :TYPE_STRING,
              type_name: nil,
              default_value: nil,
              options: nil,
              oneof_index: nil,
              json_name: "value",
              proto3_optional: nil,
              __unknown_fields__: []
            }
          ],
          nested_type: [],
          enum_type: [],
          extension_range: [],
          extension: [],
          options: %Google.Protobuf.MessageOptions{
            message_set_wire_format: false,
            no_standard_descriptor_accessor: false,
            deprecated: false,
            map_entry: true,
            deprecated_legacy_json_field_conflicts: nil,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_decl: [],
          reserved_range: [],
          reserved_name: [],
          __unknown_fields__: []
        }
      ],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :user_id, 1, type: :string, json_name: "userId", deprecated: false
  field :connection_id, 2, type: :string, json_name: "connectionId"
  field :device_id, 3, type: :string, json_name: "deviceId"

  field :workspace_ids, 4,
    repeated: true,
    type: :string,
    json_name: "workspaceIds",
    deprecated: false

  field :status, 5, type: Quikstate.V1.PresenceStatus, enum: true, deprecated: false

  field :metadata, 6,
    repeated: true,
    type: Quikstate.V1.PresenceConnection.MetadataEntry,
    map: true

  field :ttl, 7, type: Google.Protobuf.Duration
end

defmodule Quikstate.V1.HeartbeatRequest do
  @moduledoc """
  HeartbeatRequest has the connections to keep present.
  """

  use Protobuf,
    full_name: "quikstate.v1.HeartbeatRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "HeartbeatRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "connections",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceConnection",
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "connections",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :connections, 1, repeated: true, type: Quikstate.V1.PresenceConnection, deprecated: false
end

defmodule Quikstate.V1.HeartbeatResponse do
  @moduledoc """
  HeartbeatResponse has a status for each connection.
  """

  use Protobuf,
    full_name: "quikstate.v1.HeartbeatResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "HeartbeatResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "statuses",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ItemStatus",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "statuses",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :statuses, 1, repeated: true, type: Quikstate.V1.ItemStatus
end

defmodule Quikstate.V1.ConnectRequest do
  @moduledoc """
  ConnectRequest is a message of the client on a Connect stream.
  """

  use Protobuf,
    full_name: "quikstate.v1.ConnectRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ConnectRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "open",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceOpen",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "open",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "update",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceUpdate",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "update",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [
        %Google.Protobuf.OneofDescriptorProto{
          name: "message",
          options: %Google.Protobuf.OneofOptions{
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          __unknown_fields__: []
        }
      ],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  oneof :message, 0

  field :open, 1, type: Quikstate.V1.PresenceOpen, oneof: 0
  field :update, 2, type: Quikstate.V1.PresenceUpdate, oneof: 0
end

defmodule Quikstate.V1.PresenceOpen do
  @moduledoc """
  PresenceOpen creates a connection, or takes one over from another stream, such
  as one that broke.
  """

  use Protobuf,
    full_name: "quikstate.v1.PresenceOpen",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PresenceOpen",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "connection",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceConnection",
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "connection",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "grace",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "grace",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :connection, 1, type: Quikstate.V1.PresenceConnection, deprecated: false
  field :grace, 2, type: Google.Protobuf.Duration
end

defmodule Quikstate.V1.PresenceUpdate do
  @moduledoc """
  PresenceUpdate replaces the status and the workspaces of the connection.
  """

  use Protobuf,
    full_name: "quikstate.v1.PresenceUpdate",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PresenceUpdate",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.PresenceStatus",
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "workspace_ids",
          extendee: nil,
          number: 2,
          label: :LABEL_REPEATED,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "workspaceIds",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :status, 1, type: Quikstate.V1.PresenceStatus, enum: true, deprecated: false

  field :workspace_ids, 2,
    repeated: true,
    type: :string,
    json_name: "workspaceIds",
    deprecated: false
end

defmodule Quikstate.V1.ConnectResponse do
  @moduledoc """
  ConnectResponse is an event on a Connect stream.
  """

  use Protobuf,
    full_name: "quikstate.v1.ConnectResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ConnectResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "connected",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceConnected",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "connected",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "heartbeat",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.WatchHeartbeat",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "heartbeat",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "end",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.WatchEnd",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "end",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "left",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceLeft",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "left",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [
        %Google.Protobuf.OneofDescriptorProto{name: "event", options: nil, __unknown_fields__: []}
      ],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  oneof :event, 0

  field :connected, 1, type: Quikstate.V1.PresenceConnected, oneof: 0
  field :heartbeat, 2, type: Quikstate.V1.WatchHeartbeat, oneof: 0
  field :end, 3, type: Quikstate.V1.WatchEnd, oneof: 0
  field :left, 4, type: Quikstate.V1.PresenceLeft, oneof: 0
end

defmodule Quikstate.V1.PresenceLeft do
  @moduledoc """
  PresenceLeft tells why a stream ended that its client did not half-close.
  """

  use Protobuf,
    full_name: "quikstate.v1.PresenceLeft",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PresenceLeft",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "taken_over",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "takenOver",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :taken_over, 1, type: :bool, json_name: "takenOver"
end

defmodule Quikstate.V1.PresenceConnected do
  @moduledoc """
  PresenceConnected is the connection of the stream.
  """

  use Protobuf,
    full_name: "quikstate.v1.PresenceConnected",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PresenceConnected",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "connection_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connectionId",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :connection_id, 1, type: :string, json_name: "connectionId"
end

defmodule Quikstate.V1.LeaveRequest do
  @moduledoc """
  LeaveRequest names the connections to end.
  """

  use Protobuf,
    full_name: "quikstate.v1.LeaveRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "LeaveRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "user_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "userId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "connection_id",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connectionId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "grace",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "grace",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :user_id, 1, type: :string, json_name: "userId", deprecated: false
  field :connection_id, 2, type: :string, json_name: "connectionId"
  field :grace, 3, type: Google.Protobuf.Duration
end

defmodule Quikstate.V1.LeaveResponse do
  @moduledoc """
  LeaveResponse has the number of connections.
  """

  use Protobuf,
    full_name: "quikstate.v1.LeaveResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "LeaveResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "connections",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT32,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connections",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :connections, 1, type: :int32
end

defmodule Quikstate.V1.ListOnlineRequest do
  @moduledoc """
  ListOnlineRequest asks for a page of users, or for their number.
  """

  use Protobuf,
    full_name: "quikstate.v1.ListOnlineRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ListOnlineRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "workspace_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "workspaceId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "active_within",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "activeWithin",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "counts_only",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "countsOnly",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "page_size",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT32,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "pageSize",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "page_token",
          extendee: nil,
          number: 5,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "pageToken",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :workspace_id, 1, type: :string, json_name: "workspaceId", deprecated: false
  field :active_within, 2, type: Google.Protobuf.Duration, json_name: "activeWithin"
  field :counts_only, 3, type: :bool, json_name: "countsOnly"
  field :page_size, 4, type: :int32, json_name: "pageSize", deprecated: false
  field :page_token, 5, type: :string, json_name: "pageToken"
end

defmodule Quikstate.V1.ListOnlineResponse do
  @moduledoc """
  ListOnlineResponse is a page of users.
  """

  use Protobuf,
    full_name: "quikstate.v1.ListOnlineResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ListOnlineResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "users",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Presence",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "users",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "next_page_token",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "nextPageToken",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "online",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT64,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "online",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :users, 1, repeated: true, type: Quikstate.V1.Presence
  field :next_page_token, 2, type: :string, json_name: "nextPageToken"
  field :online, 3, type: :int64
end

defmodule Quikstate.V1.Presence do
  @moduledoc """
  Presence is one user in a workspace.
  """

  use Protobuf,
    full_name: "quikstate.v1.Presence",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "Presence",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "user_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "userId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.PresenceStatus",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "last_seen",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Timestamp",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "lastSeen",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "connections",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT32,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connections",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :user_id, 1, type: :string, json_name: "userId"
  field :status, 2, type: Quikstate.V1.PresenceStatus, enum: true
  field :last_seen, 3, type: Google.Protobuf.Timestamp, json_name: "lastSeen"
  field :connections, 4, type: :int32
end

defmodule Quikstate.V1.GetStatusRequest do
  @moduledoc """
  GetStatusRequest names users.
  """

  use Protobuf,
    full_name: "quikstate.v1.GetStatusRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "GetStatusRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "user_ids",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "userIds",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :user_ids, 1, repeated: true, type: :string, json_name: "userIds", deprecated: false
end

defmodule Quikstate.V1.GetStatusResponse do
  @moduledoc """
  GetStatusResponse has the users.
  """

  use Protobuf,
    full_name: "quikstate.v1.GetStatusResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "GetStatusResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "users",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.UserPresence",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "users",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :users, 1, repeated: true, type: Quikstate.V1.UserPresence
end

defmodule Quikstate.V1.UserPresence do
  @moduledoc """
  UserPresence is one user over all workspaces.
  """

  use Protobuf,
    full_name: "quikstate.v1.UserPresence",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "UserPresence",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "user_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "userId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.PresenceStatus",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "override",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.PresenceStatus",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "override",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "last_seen",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Timestamp",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "lastSeen",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "connections",
          extendee: nil,
          number: 5,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.LiveConnection",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connections",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :user_id, 1, type: :string, json_name: "userId"
  field :status, 2, type: Quikstate.V1.PresenceStatus, enum: true
  field :override, 3, type: Quikstate.V1.PresenceStatus, enum: true
  field :last_seen, 4, type: Google.Protobuf.Timestamp, json_name: "lastSeen"
  field :connections, 5, repeated: true, type: Quikstate.V1.LiveConnection
end

defmodule Quikstate.V1.LiveConnection.MetadataEntry do
  use Protobuf,
    full_name: "quikstate.v1.LiveConnection.MetadataEntry",
    map: true,
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "MetadataEntry",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "key",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "key",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "value",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "value",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: %Google.Protobuf.MessageOptions{
        message_set_wire_format: false,
        no_standard_descriptor_accessor: false,
        deprecated: false,
        map_entry: true,
        deprecated_legacy_json_field_conflicts: nil,
        features: nil,
        uninterpreted_option: [],
        __pb_extensions__: %{},
        __unknown_fields__: []
      },
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :key, 1, type: :string
  field :value, 2, type: :string
end

defmodule Quikstate.V1.LiveConnection do
  @moduledoc """
  LiveConnection is a connection that lives.
  """

  use Protobuf,
    full_name: "quikstate.v1.LiveConnection",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "LiveConnection",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "connection_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connectionId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "device_id",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "deviceId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.PresenceStatus",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "workspace_ids",
          extendee: nil,
          number: 4,
          label: :LABEL_REPEATED,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "workspaceIds",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "metadata",
          extendee: nil,
          number: 5,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.LiveConnection.MetadataEntry",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "metadata",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "connect_time",
          extendee: nil,
          number: 6,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Timestamp",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connectTime",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "expires_in",
          extendee: nil,
          number: 7,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "expiresIn",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [
        %Google.Protobuf.DescriptorProto{
          name: "MetadataEntry",
          field: [
            %Google.Protobuf.FieldDescriptorProto{
              name: "key",
              extendee: nil,
              number: 1,
              label: :LABEL_OPTIONAL,
              type: :TYPE_STRING,
              type_name: nil,
              default_value: nil,
              options: nil,
              oneof_index: nil,
              json_name: "key",
              proto3_optional: nil,
              __unknown_fields__: []
            },
            %Google.Protobuf.FieldDescriptorProto{
              name: "value",
              extendee: nil,
              number: 2,
              label: :LABEL_OPTIONAL,
              type: :TYPE_STRING,
              type_name: nil,
              default_value: nil,
              options: nil,
              oneof_index: nil,
              json_name: "value",
              proto3_optional: nil,
              __unknown_fields__: []
            }
          ],
          nested_type: [],
          enum_type: [],
          extension_range: [],
          extension: [],
          options: %Google.Protobuf.MessageOptions{
            message_set_wire_format: false,
            no_standard_descriptor_accessor: false,
            deprecated: false,
            map_entry: true,
            deprecated_legacy_json_field_conflicts: nil,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_decl: [],
          reserved_range: [],
          reserved_name: [],
          __unknown_fields__: []
        }
      ],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :connection_id, 1, type: :string, json_name: "connectionId"
  field :device_id, 2, type: :string, json_name: "deviceId"
  field :status, 3, type: Quikstate.V1.PresenceStatus, enum: true
  field :workspace_ids, 4, repeated: true, type: :string, json_name: "workspaceIds"
  field :metadata, 5, repeated: true, type: Quikstate.V1.LiveConnection.MetadataEntry, map: true
  field :connect_time, 6, type: Google.Protobuf.Timestamp, json_name: "connectTime"
  field :expires_in, 7, type: Google.Protobuf.Duration, json_name: "expiresIn"
end

defmodule Quikstate.V1.SetStatusRequest do
  @moduledoc """
  SetStatusRequest overrides the status of a user.
  """

  use Protobuf,
    full_name: "quikstate.v1.SetStatusRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SetStatusRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "user_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "userId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.PresenceStatus",
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "ttl",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "ttl",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :user_id, 1, type: :string, json_name: "userId", deprecated: false
  field :status, 2, type: Quikstate.V1.PresenceStatus, enum: true, deprecated: false
  field :ttl, 3, type: Google.Protobuf.Duration
end

defmodule Quikstate.V1.SetStatusResponse do
  @moduledoc """
  SetStatusResponse has the status of the user now.
  """

  use Protobuf,
    full_name: "quikstate.v1.SetStatusResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SetStatusResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.PresenceStatus",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :status, 1, type: Quikstate.V1.PresenceStatus, enum: true
end

defmodule Quikstate.V1.SetTypingRequest do
  @moduledoc """
  SetTypingRequest names a user and a channel.
  """

  use Protobuf,
    full_name: "quikstate.v1.SetTypingRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SetTypingRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "user_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "userId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel_id",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "channelId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "stopped",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "stopped",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "ttl",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "ttl",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :user_id, 1, type: :string, json_name: "userId", deprecated: false
  field :channel_id, 2, type: :string, json_name: "channelId", deprecated: false
  field :stopped, 3, type: :bool
  field :ttl, 4, type: Google.Protobuf.Duration
end

defmodule Quikstate.V1.SetTypingResponse do
  @moduledoc """
  SetTypingResponse is empty.
  """

  use Protobuf,
    full_name: "quikstate.v1.SetTypingResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SetTypingResponse",
      field: [],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end
end

defmodule Quikstate.V1.ListTypingRequest do
  @moduledoc """
  ListTypingRequest names a channel.
  """

  use Protobuf,
    full_name: "quikstate.v1.ListTypingRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ListTypingRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "channelId",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channel_id, 1, type: :string, json_name: "channelId", deprecated: false
end

defmodule Quikstate.V1.ListTypingResponse do
  @moduledoc """
  ListTypingResponse has the users who type.
  """

  use Protobuf,
    full_name: "quikstate.v1.ListTypingResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ListTypingResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "users",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.TypingUser",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "users",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :users, 1, repeated: true, type: Quikstate.V1.TypingUser
end

defmodule Quikstate.V1.TypingUser do
  @moduledoc """
  TypingUser is a user who types.
  """

  use Protobuf,
    full_name: "quikstate.v1.TypingUser",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "TypingUser",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "user_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "userId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "expires_in",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "expiresIn",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :user_id, 1, type: :string, json_name: "userId"
  field :expires_in, 2, type: Google.Protobuf.Duration, json_name: "expiresIn"
end

defmodule Quikstate.V1.WatchPresenceRequest do
  @moduledoc """
  WatchPresenceRequest names a workspace.
  """

  use Protobuf,
    full_name: "quikstate.v1.WatchPresenceRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "WatchPresenceRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "workspace_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "workspaceId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "since",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "since",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "counts_only",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "countsOnly",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :workspace_id, 1, type: :string, json_name: "workspaceId", deprecated: false
  field :since, 2, type: Quikstate.V1.Position
  field :counts_only, 3, type: :bool, json_name: "countsOnly"
end

defmodule Quikstate.V1.WatchPresenceResponse do
  @moduledoc """
  WatchPresenceResponse is one item of the stream.
  """

  use Protobuf,
    full_name: "quikstate.v1.WatchPresenceResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "WatchPresenceResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "snapshot",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceSnapshot",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "snapshot",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "changed",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceChanged",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "changed",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "counts",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PresenceCounts",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "counts",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "heartbeat",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.WatchHeartbeat",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "heartbeat",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "gap",
          extendee: nil,
          number: 5,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.WatchGap",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "gap",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "end",
          extendee: nil,
          number: 6,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.WatchEnd",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "end",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [
        %Google.Protobuf.OneofDescriptorProto{name: "event", options: nil, __unknown_fields__: []}
      ],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  oneof :event, 0

  field :snapshot, 1, type: Quikstate.V1.PresenceSnapshot, oneof: 0
  field :changed, 2, type: Quikstate.V1.PresenceChanged, oneof: 0
  field :counts, 3, type: Quikstate.V1.PresenceCounts, oneof: 0
  field :heartbeat, 4, type: Quikstate.V1.WatchHeartbeat, oneof: 0
  field :gap, 5, type: Quikstate.V1.WatchGap, oneof: 0
  field :end, 6, type: Quikstate.V1.WatchEnd, oneof: 0
end

defmodule Quikstate.V1.PresenceSnapshot do
  @moduledoc """
  PresenceSnapshot has all users who are present.
  """

  use Protobuf,
    full_name: "quikstate.v1.PresenceSnapshot",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PresenceSnapshot",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "users",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Presence",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "users",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :users, 1, repeated: true, type: Quikstate.V1.Presence
  field :position, 2, type: Quikstate.V1.Position
end

defmodule Quikstate.V1.PresenceChanged do
  @moduledoc """
  PresenceChanged has users whose status changed.
  """

  use Protobuf,
    full_name: "quikstate.v1.PresenceChanged",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PresenceChanged",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "users",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Presence",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "users",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :users, 1, repeated: true, type: Quikstate.V1.Presence
  field :position, 2, type: Quikstate.V1.Position
end

defmodule Quikstate.V1.PresenceCounts do
  @moduledoc """
  PresenceCounts has the number of users who are present.
  """

  use Protobuf,
    full_name: "quikstate.v1.PresenceCounts",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PresenceCounts",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "online",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT64,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "online",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :online, 1, type: :int64
  field :position, 2, type: Quikstate.V1.Position
end

defmodule Quikstate.V1.PresenceService.Service do
  @moduledoc """
  PresenceService tells which users are present in which workspaces, with which
  status, and which users type in a channel.

  A user is present through connections, one per device or browser tab, each with
  a TTL. The user is online while one of them lives. The service keeps no
  counters, so a crash leaves no wrong count. A connection without a heartbeat is
  gone after its TTL, and every watcher on every server gets the change within
  one more second.

  The legacy key layout stays readable: `workspace:{id}:online` holds the Unix
  second at which each user was last seen, and `user:{id}:status` is `online`,
  `away`, `dnd` or `offline`. Each change is also published on
  `pubsub:presence:{workspace}`, as JSON. Rows that raw clients add to
  `workspace:{id}:online` count for 300 s: lists and counts contain them, and
  open watches see them within 5 s. A watch that resumes in a workspace with such
  rows begins with a snapshot.
  """

  use GRPC.Service, name: "quikstate.v1.PresenceService", protoc_gen_elixir_version: "0.16.1"

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.ServiceDescriptorProto{
      name: "PresenceService",
      method: [
        %Google.Protobuf.MethodDescriptorProto{
          name: "Heartbeat",
          input_type: ".quikstate.v1.HeartbeatRequest",
          output_type: ".quikstate.v1.HeartbeatResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENT,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 2}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "Connect",
          input_type: ".quikstate.v1.ConnectRequest",
          output_type: ".quikstate.v1.ConnectResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENCY_UNKNOWN,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 2}]
          },
          client_streaming: true,
          server_streaming: true,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "Leave",
          input_type: ".quikstate.v1.LeaveRequest",
          output_type: ".quikstate.v1.LeaveResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENT,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 2}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "ListOnline",
          input_type: ".quikstate.v1.ListOnlineRequest",
          output_type: ".quikstate.v1.ListOnlineResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :NO_SIDE_EFFECTS,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 1}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "GetStatus",
          input_type: ".quikstate.v1.GetStatusRequest",
          output_type: ".quikstate.v1.GetStatusResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :NO_SIDE_EFFECTS,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 1}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "SetStatus",
          input_type: ".quikstate.v1.SetStatusRequest",
          output_type: ".quikstate.v1.SetStatusResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENT,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 2}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "SetTyping",
          input_type: ".quikstate.v1.SetTypingRequest",
          output_type: ".quikstate.v1.SetTypingResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENT,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 2}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "ListTyping",
          input_type: ".quikstate.v1.ListTypingRequest",
          output_type: ".quikstate.v1.ListTypingResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :NO_SIDE_EFFECTS,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 1}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "WatchPresence",
          input_type: ".quikstate.v1.WatchPresenceRequest",
          output_type: ".quikstate.v1.WatchPresenceResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :NO_SIDE_EFFECTS,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 1}]
          },
          client_streaming: false,
          server_streaming: true,
          __unknown_fields__: []
        }
      ],
      options: nil,
      __unknown_fields__: []
    }
  end

  rpc :Heartbeat, Quikstate.V1.HeartbeatRequest, Quikstate.V1.HeartbeatResponse

  rpc :Connect, stream(Quikstate.V1.ConnectRequest), stream(Quikstate.V1.ConnectResponse)

  rpc :Leave, Quikstate.V1.LeaveRequest, Quikstate.V1.LeaveResponse

  rpc :ListOnline, Quikstate.V1.ListOnlineRequest, Quikstate.V1.ListOnlineResponse

  rpc :GetStatus, Quikstate.V1.GetStatusRequest, Quikstate.V1.GetStatusResponse

  rpc :SetStatus, Quikstate.V1.SetStatusRequest, Quikstate.V1.SetStatusResponse

  rpc :SetTyping, Quikstate.V1.SetTypingRequest, Quikstate.V1.SetTypingResponse

  rpc :ListTyping, Quikstate.V1.ListTypingRequest, Quikstate.V1.ListTypingResponse

  rpc :WatchPresence,
      Quikstate.V1.WatchPresenceRequest,
      stream(Quikstate.V1.WatchPresenceResponse)
end

defmodule Quikstate.V1.PresenceService.Stub do
  use GRPC.Stub, service: Quikstate.V1.PresenceService.Service
end
