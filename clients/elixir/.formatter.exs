[inputs: ["{mix,.formatter}.exs", "{examples,scenarios,test}/**/*.exs"]]
