"""Entry of the plugin process; the supervisor starts it when the first plugin tool is asked for."""

from tactus_plugin_host.host import main

main()
