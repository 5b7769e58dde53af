"""The web server's entrance."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeknit.settings")
# Static files are small and read whole; Django warns of it once for each of them.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

django = get_asgi_application()  # loads the apps, which the devices' door needs

from closeknit.console.shedding import measured_by  # noqa: E402
from closeknit.kit.bodies import with_bounded_bodies  # noqa: E402
from closeknit.kit.command import collect_seldom  # noqa: E402
from closeknit.sync.door import with_devices_door  # noqa: E402 the apps are loaded by now
from closeknit.sync.pushing import PUSHES  # noqa: E402

measured_by(PUSHES.wait)
application = with_devices_door(with_bounded_bodies(django))

collect_seldom()
