// Folds the masthead away while a page is read.
addEventListener("scroll", () => document.body.classList.toggle("reading", scrollY > 200));
