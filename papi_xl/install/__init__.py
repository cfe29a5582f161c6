"""Put the add-ins and settings into place for Excel, and take just that away again.

Everything is planned from what is there now, then done all or not at all; tests plan for users of their own.
"""

from papi_xl.install.changes import Change, carry_out, check
from papi_xl.install.plan import Plan, installing
from papi_xl.install.profile import Profile, System, of_this_user
from papi_xl.install.removal import uninstalling
from papi_xl.install.settings import Sources, sources_here
from papi_xl.install.words import told

__all__ = [
    "Change",
    "Plan",
    "Profile",
    "Sources",
    "System",
    "carry_out",
    "check",
    "installing",
    "of_this_user",
    "sources_here",
    "told",
    "uninstalling",
]
