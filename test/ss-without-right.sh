#!/bin/sh
# ss(8) as a process without CAP_NET_ADMIN has it.
exec setpriv --bounding-set -net_admin --inh-caps -net_admin ss "$@"
