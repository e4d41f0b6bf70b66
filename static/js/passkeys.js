// Shows what only works with a script, and says in words when a passkey was refused or stopped.
for (const part of document.querySelectorAll('[data-needs-script]')) {
  part.hidden = !window.PublicKeyCredential
}
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  for (const note of document.querySelectorAll('[data-webauthn-failed]')) note.hidden = false
})
