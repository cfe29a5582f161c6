"""Put the add-ins and settings into place for Excel and LibreOffice, and take just that away again.

Everything is planned from what is there now, then done all or not at all; tests plan for users of their own.
"""

from papi_xl.install.buttons import ButtonPlan, adding, package_here, removing
from papi_xl.install.buttons import carry_out as carry_out_buttons
from papi_xl.install.changes import Change, carry_out, check
from papi_xl.install.deployed import Installed, installed
from papi_xl.install.office import Machine, Office, found, machine_here
from papi_xl.install.plan import Plan, installing
from papi_xl.install.profile import Profile, System, of_this_user
from papi_xl.install.removal import uninstalling
from papi_xl.install.settings import Sources, sources_here
from papi_xl.install.words import told

__all__ = [
    "ButtonPlan",
    "Change",
    "Installed",
    "Machine",
    "Office",
    "Plan",
    "Profile",
    "Sources",
    "System",
    "adding",
    "carry_out",
    "carry_out_buttons",
    "check",
    "found",
    "installed",
    "installing",
    "machine_here",
    "of_this_user",
    "package_here",
    "removing",
    "sources_here",
    "told",
    "uninstalling",
]
