"""One module per command: NAME, GROUP, HELP, EXAMPLE, configure(parser), run(arguments, settings).

`./ketu help` is answered on a bare Python, so a module imports at its top only the standard library and modules of
`api` that do the same; what needs an installed package is imported inside `run`.
"""
