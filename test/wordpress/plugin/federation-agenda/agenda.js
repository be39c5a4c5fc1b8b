// Counts the days until the next meeting.
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-agenda-on]")) {
    const days = Math.ceil((new Date(place.dataset.agendaOn) - new Date()) / 86400000);
    place.querySelector("output").textContent = days > 0 ? `J-${days}` : "";
  }
});
