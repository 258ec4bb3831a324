// Sign-up sends the zone that the browser knows, so that nobody has to look for it.
for (const input of document.querySelectorAll('input[name="time_zone"][type="hidden"]')) {
  input.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
