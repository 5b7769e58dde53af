"""Every address: the screens of the console and of each measure, behind one gate."""

from closeknit.console.guard import addresses

urlpatterns = addresses()

handler400 = "closeknit.console.pages.errors.bad"
handler403 = "closeknit.console.pages.errors.not_allowed"
handler404 = "closeknit.console.pages.errors.not_found"
handler500 = "closeknit.console.pages.errors.broken"
