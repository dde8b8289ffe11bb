defmodule Quikstate.V1.CacheOutcome do
  @moduledoc """
  CacheOutcome is the outcome of reading one entry.
  """

  use Protobuf,
    enum: true,
    full_name: "quikstate.v1.CacheOutcome",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.EnumDescriptorProto{
      name: "CacheOutcome",
      value: [
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_OUTCOME_UNSPECIFIED",
          number: 0,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_OUTCOME_HIT",
          number: 1,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_OUTCOME_STALE",
          number: 2,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_OUTCOME_MISS",
          number: 3,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_OUTCOME_NEGATIVE",
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

  field :CACHE_OUTCOME_UNSPECIFIED, 0
  field :CACHE_OUTCOME_HIT, 1
  field :CACHE_OUTCOME_STALE, 2
  field :CACHE_OUTCOME_MISS, 3
  field :CACHE_OUTCOME_NEGATIVE, 4
end

defmodule Quikstate.V1.CacheSetOutcome do
  @moduledoc """
  CacheSetOutcome is the outcome of storing one item.
  """

  use Protobuf,
    enum: true,
    full_name: "quikstate.v1.CacheSetOutcome",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.EnumDescriptorProto{
      name: "CacheSetOutcome",
      value: [
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_SET_OUTCOME_UNSPECIFIED",
          number: 0,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_SET_OUTCOME_STORED",
          number: 1,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_SET_OUTCOME_EXISTS",
          number: 2,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_SET_OUTCOME_CHANGED",
          number: 3,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_SET_OUTCOME_LEASE_LOST",
          number: 4,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_SET_OUTCOME_INVALIDATED",
          number: 5,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "CACHE_SET_OUTCOME_ABANDONED",
          number: 6,
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

  field :CACHE_SET_OUTCOME_UNSPECIFIED, 0
  field :CACHE_SET_OUTCOME_STORED, 1
  field :CACHE_SET_OUTCOME_EXISTS, 2
  field :CACHE_SET_OUTCOME_CHANGED, 3
  field :CACHE_SET_OUTCOME_LEASE_LOST, 4
  field :CACHE_SET_OUTCOME_INVALIDATED, 5
  field :CACHE_SET_OUTCOME_ABANDONED, 6
end

defmodule Quikstate.V1.CacheKey do
  @moduledoc """
  CacheKey names an entry. Different names have different Redis keys, which no
  other service uses. Each is 1 to 256 bytes (max_id_bytes) without control
  characters.
  """

  use Protobuf,
    full_name: "quikstate.v1.CacheKey",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "CacheKey",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "name",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "name",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "user",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "user",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "workspace",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "workspace",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel_members",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "channelMembers",
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
          name: "kind",
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

  oneof :kind, 0

  field :name, 1, type: :string, oneof: 0
  field :user, 2, type: :string, oneof: 0
  field :workspace, 3, type: :string, oneof: 0
  field :channel_members, 4, type: :string, json_name: "channelMembers", oneof: 0
end

defmodule Quikstate.V1.GetEntriesRequest do
  @moduledoc """
  GetEntriesRequest names entries.
  """

  use Protobuf,
    full_name: "quikstate.v1.GetEntriesRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "GetEntriesRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "keys",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheKey",
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
          json_name: "keys",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "accept_stale",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "acceptStale",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "lease",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "lease",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "lease_ttl",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "leaseTtl",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "wait",
          extendee: nil,
          number: 5,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "wait",
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

  field :keys, 1, repeated: true, type: Quikstate.V1.CacheKey, deprecated: false
  field :accept_stale, 2, type: :bool, json_name: "acceptStale"
  field :lease, 3, type: :bool
  field :lease_ttl, 4, type: Google.Protobuf.Duration, json_name: "leaseTtl"
  field :wait, 5, type: Google.Protobuf.Duration
end

defmodule Quikstate.V1.GetEntriesResponse do
  @moduledoc """
  GetEntriesResponse has an entry for every key.
  """

  use Protobuf,
    full_name: "quikstate.v1.GetEntriesResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "GetEntriesResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "entries",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheEntry",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "entries",
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

  field :entries, 1, repeated: true, type: Quikstate.V1.CacheEntry
end

defmodule Quikstate.V1.CacheEntry do
  @moduledoc """
  CacheEntry is the result of reading one key.
  """

  use Protobuf,
    full_name: "quikstate.v1.CacheEntry",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "CacheEntry",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "key",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheKey",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "key",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "outcome",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.CacheOutcome",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "outcome",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "value",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BYTES,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "value",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "etag",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "etag",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "expires_in",
          extendee: nil,
          number: 5,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "expiresIn",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "lease",
          extendee: nil,
          number: 6,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "lease",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "filling",
          extendee: nil,
          number: 7,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "filling",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 8,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ItemStatus",
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

  field :key, 1, type: Quikstate.V1.CacheKey
  field :outcome, 2, type: Quikstate.V1.CacheOutcome, enum: true
  field :value, 3, type: :bytes
  field :etag, 4, type: :string
  field :expires_in, 5, type: Google.Protobuf.Duration, json_name: "expiresIn"
  field :lease, 6, type: :string
  field :filling, 7, type: :bool
  field :status, 8, type: Quikstate.V1.ItemStatus
end

defmodule Quikstate.V1.SetEntriesRequest do
  @moduledoc """
  SetEntriesRequest has entries to store.
  """

  use Protobuf,
    full_name: "quikstate.v1.SetEntriesRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SetEntriesRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "items",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheItem",
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
          json_name: "items",
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

  field :items, 1, repeated: true, type: Quikstate.V1.CacheItem, deprecated: false
end

defmodule Quikstate.V1.CacheItem do
  @moduledoc """
  CacheItem is one entry to store.
  """

  use Protobuf,
    full_name: "quikstate.v1.CacheItem",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "CacheItem",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "key",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheKey",
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
          json_name: "key",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "value",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BYTES,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "value",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "negative",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
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
          oneof_index: 0,
          json_name: "negative",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "abandon",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
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
          oneof_index: 0,
          json_name: "abandon",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "ttl",
          extendee: nil,
          number: 5,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "ttl",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "soft_ttl",
          extendee: nil,
          number: 6,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "softTtl",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "jitter",
          extendee: nil,
          number: 7,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "jitter",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "tags",
          extendee: nil,
          number: 8,
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
          json_name: "tags",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "if_absent",
          extendee: nil,
          number: 9,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
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
          oneof_index: 1,
          json_name: "ifAbsent",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "if_etag",
          extendee: nil,
          number: 10,
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
          oneof_index: 1,
          json_name: "ifEtag",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "lease",
          extendee: nil,
          number: 11,
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
          oneof_index: 1,
          json_name: "lease",
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
          name: "content",
          options: %Google.Protobuf.OneofOptions{
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          __unknown_fields__: []
        },
        %Google.Protobuf.OneofDescriptorProto{
          name: "condition",
          options: nil,
          __unknown_fields__: []
        }
      ],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  oneof :content, 0

  oneof :condition, 1

  field :key, 1, type: Quikstate.V1.CacheKey, deprecated: false
  field :value, 2, type: :bytes, oneof: 0
  field :negative, 3, type: :bool, oneof: 0, deprecated: false
  field :abandon, 4, type: :bool, oneof: 0, deprecated: false
  field :ttl, 5, type: Google.Protobuf.Duration
  field :soft_ttl, 6, type: Google.Protobuf.Duration, json_name: "softTtl"
  field :jitter, 7, type: Google.Protobuf.Duration
  field :tags, 8, repeated: true, type: :string, deprecated: false
  field :if_absent, 9, type: :bool, json_name: "ifAbsent", oneof: 1, deprecated: false
  field :if_etag, 10, type: :string, json_name: "ifEtag", oneof: 1, deprecated: false
  field :lease, 11, type: :string, oneof: 1, deprecated: false
end

defmodule Quikstate.V1.SetEntriesResponse do
  @moduledoc """
  SetEntriesResponse has a result for every item.
  """

  use Protobuf,
    full_name: "quikstate.v1.SetEntriesResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SetEntriesResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "results",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheSetResult",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "results",
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

  field :results, 1, repeated: true, type: Quikstate.V1.CacheSetResult
end

defmodule Quikstate.V1.CacheSetResult do
  @moduledoc """
  CacheSetResult is the result of storing one item.
  """

  use Protobuf,
    full_name: "quikstate.v1.CacheSetResult",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "CacheSetResult",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "outcome",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.CacheSetOutcome",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "outcome",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "etag",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "etag",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "expires_in",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Duration",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "expiresIn",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ItemStatus",
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

  field :outcome, 1, type: Quikstate.V1.CacheSetOutcome, enum: true
  field :etag, 2, type: :string
  field :expires_in, 3, type: Google.Protobuf.Duration, json_name: "expiresIn"
  field :status, 4, type: Quikstate.V1.ItemStatus
end

defmodule Quikstate.V1.DeleteEntriesRequest do
  @moduledoc """
  DeleteEntriesRequest names the entries to delete: 1 to 100 keys and tags together
  (max_cache_items).
  """

  use Protobuf,
    full_name: "quikstate.v1.DeleteEntriesRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "DeleteEntriesRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "keys",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheKey",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "keys",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "tags",
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
          json_name: "tags",
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

  field :keys, 1, repeated: true, type: Quikstate.V1.CacheKey
  field :tags, 2, repeated: true, type: :string, deprecated: false
end

defmodule Quikstate.V1.DeleteEntriesResponse do
  @moduledoc """
  DeleteEntriesResponse has a result for every key and every tag.
  """

  use Protobuf,
    full_name: "quikstate.v1.DeleteEntriesResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "DeleteEntriesResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "keys",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheDeleteResult",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "keys",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "tags",
          extendee: nil,
          number: 2,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheDeleteResult",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "tags",
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

  field :keys, 1, repeated: true, type: Quikstate.V1.CacheDeleteResult
  field :tags, 2, repeated: true, type: Quikstate.V1.CacheDeleteResult
end

defmodule Quikstate.V1.CacheDeleteResult do
  @moduledoc """
  CacheDeleteResult is the result of deleting one key or tag.
  """

  use Protobuf,
    full_name: "quikstate.v1.CacheDeleteResult",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "CacheDeleteResult",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "existed",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "existed",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ItemStatus",
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

  field :existed, 1, type: :bool
  field :status, 2, type: Quikstate.V1.ItemStatus
end

defmodule Quikstate.V1.WatchInvalidationsRequest do
  @moduledoc """
  WatchInvalidationsRequest names what to watch: 1 to 100 keys, prefixes and tags
  together (max_watched_cache_names).
  """

  use Protobuf,
    full_name: "quikstate.v1.WatchInvalidationsRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "WatchInvalidationsRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "keys",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheKey",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "keys",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "prefixes",
          extendee: nil,
          number: 2,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheKey",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "prefixes",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "tags",
          extendee: nil,
          number: 3,
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
          json_name: "tags",
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

  field :keys, 1, repeated: true, type: Quikstate.V1.CacheKey
  field :prefixes, 2, repeated: true, type: Quikstate.V1.CacheKey
  field :tags, 3, repeated: true, type: :string, deprecated: false
end

defmodule Quikstate.V1.WatchInvalidationsResponse do
  @moduledoc """
  WatchInvalidationsResponse is one item of the stream.
  """

  use Protobuf,
    full_name: "quikstate.v1.WatchInvalidationsResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "WatchInvalidationsResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "started",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheWatchStarted",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "started",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "invalidated",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheInvalidation",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "invalidated",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "heartbeat",
          extendee: nil,
          number: 3,
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
          number: 4,
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
          number: 5,
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

  field :started, 1, type: Quikstate.V1.CacheWatchStarted, oneof: 0
  field :invalidated, 2, type: Quikstate.V1.CacheInvalidation, oneof: 0
  field :heartbeat, 3, type: Quikstate.V1.WatchHeartbeat, oneof: 0
  field :gap, 4, type: Quikstate.V1.WatchGap, oneof: 0
  field :end, 5, type: Quikstate.V1.WatchEnd, oneof: 0
end

defmodule Quikstate.V1.CacheWatchStarted do
  @moduledoc """
  CacheWatchStarted says that the watch has begun.
  """

  use Protobuf,
    full_name: "quikstate.v1.CacheWatchStarted",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "CacheWatchStarted",
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

defmodule Quikstate.V1.CacheInvalidation do
  @moduledoc """
  CacheInvalidation names copies that are no longer valid.
  """

  use Protobuf,
    full_name: "quikstate.v1.CacheInvalidation",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "CacheInvalidation",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "key",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.CacheKey",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "key",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "tag",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "tag",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "etag",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "etag",
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
          name: "subject",
          options: nil,
          __unknown_fields__: []
        }
      ],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  oneof :subject, 0

  field :key, 1, type: Quikstate.V1.CacheKey, oneof: 0
  field :tag, 2, type: :string, oneof: 0
  field :etag, 3, type: :string
end

defmodule Quikstate.V1.CacheService.Service do
  @moduledoc """
  CacheService keeps copies of values that are expensive to compute, under the
  plain Redis keys that raw Redis clients use too. A value that a raw client
  stored with `SETEX` is a hit here, and a raw `GET` returns a value that was
  stored here.

  If many callers miss an entry at once, they must not all go to the database. So
  a miss can come with a lease: one caller fills the entry, and the others wait
  for it or take a stale value. This works across servers and languages. The
  server refuses a fill if the entry, or one of its tags, was deleted after the
  lease was granted: a value read from the database before that cannot come back.
  Only fills with a lease are protected in this way.

  The tags and the soft TTL of an entry are stored beside its value and belong to
  that value alone: a value that a raw `SET` puts in its place has none. If a raw
  `EXPIRE`, `PERSIST` or `GETEX` prolongs an entry, the first read through this API
  prolongs its tags and soft TTL too. That read must come within 10 minutes
  (cache_metadata_seconds) after the original expiry. A value without tags and
  soft TTL counts as a raw client's: it is a HIT until it expires or its key is
  deleted, whatever tags it had. A Redis that evicts keys may turn an entry into
  such a value.

  Each item of a batch is an operation of its own, with its own outcome. If all
  items fail, the call fails with the error of the first one.
  """

  use GRPC.Service, name: "quikstate.v1.CacheService", protoc_gen_elixir_version: "0.16.1"

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.ServiceDescriptorProto{
      name: "CacheService",
      method: [
        %Google.Protobuf.MethodDescriptorProto{
          name: "GetEntries",
          input_type: ".quikstate.v1.GetEntriesRequest",
          output_type: ".quikstate.v1.GetEntriesResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENT,
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
          name: "SetEntries",
          input_type: ".quikstate.v1.SetEntriesRequest",
          output_type: ".quikstate.v1.SetEntriesResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENCY_UNKNOWN,
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
          name: "DeleteEntries",
          input_type: ".quikstate.v1.DeleteEntriesRequest",
          output_type: ".quikstate.v1.DeleteEntriesResponse",
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
          name: "WatchInvalidations",
          input_type: ".quikstate.v1.WatchInvalidationsRequest",
          output_type: ".quikstate.v1.WatchInvalidationsResponse",
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

  rpc :GetEntries, Quikstate.V1.GetEntriesRequest, Quikstate.V1.GetEntriesResponse

  rpc :SetEntries, Quikstate.V1.SetEntriesRequest, Quikstate.V1.SetEntriesResponse

  rpc :DeleteEntries, Quikstate.V1.DeleteEntriesRequest, Quikstate.V1.DeleteEntriesResponse

  rpc :WatchInvalidations,
      Quikstate.V1.WatchInvalidationsRequest,
      stream(Quikstate.V1.WatchInvalidationsResponse)
end

defmodule Quikstate.V1.CacheService.Stub do
  use GRPC.Stub, service: Quikstate.V1.CacheService.Service
end
