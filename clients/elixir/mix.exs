defmodule Quikstate.MixProject do
  use Mix.Project

  @source "https://github.com/quikapp/quikstate"

  def project do
    [
      app: :quikstate,
      version: "0.1.0",
      elixir: "~> 1.14",
      description:
        "The shared-state plane of QuikApp: gRPC stubs for sessions, presence, limits, locks, messages and caches",
      source_url: @source,
      package: [
        licenses: ["Apache-2.0"],
        links: %{"GitHub" => @source},
        files: ~w(lib mix.exs README.md LICENSE)
      ],
      deps: deps()
    ]
  end

  def application do
    [extra_applications: [:logger]]
  end

  defp deps do
    [
      # grpc 0.9 is for Elixir 1.14; the newest is for 1.15 and newer.
      {:grpc, "~> 0.9 or ~> 1.0"},
      {:protobuf, "~> 0.16"},
      {:gun, "~> 2.0"},
      {:jason, "~> 1.4", only: [:dev, :test]}
    ]
  end
end
