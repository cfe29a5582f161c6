"""The buttons of the menu and toolbar PAPI, as LibreOffice calls them: `vn.papi-xl:check` and so on."""

import unohelper
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo
from papi_host import clicks

NAME = "vn.papi_xl.Buttons"
SERVICES = ("com.sun.star.frame.ProtocolHandler",)


class Buttons(unohelper.Base, XDispatchProvider, XDispatch, XInitialization, XServiceInfo):
    """What a window asks for the buttons it shows; there is one for each window."""

    def __init__(self, context):
        self.context = context
        self.frame = None

    def initialize(self, arguments):
        """Take the window's frame."""
        self.frame = arguments[0] if arguments else None

    def queryDispatch(self, url, target, flags):
        """Say that this object does it."""
        return self

    def queryDispatches(self, requests):
        """Say so of each."""
        return tuple(self for _ in requests)

    def dispatch(self, url, arguments):
        """Do what a button does; it goes on in the background."""
        clicks.begin(self.context, self.frame, url.Complete.partition(":")[2])

    def addStatusListener(self, listener, url):
        """Do nothing: the buttons can always be pressed."""

    def removeStatusListener(self, listener, url):
        """Do nothing."""

    def getImplementationName(self):
        """Return the name under which ProtocolHandler.xcu knows this class."""
        return NAME

    def supportsService(self, name):
        """Whether this class offers a service."""
        return name in SERVICES

    def getSupportedServiceNames(self):
        """Return the services that this class offers."""
        return SERVICES


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Buttons, NAME, SERVICES)
