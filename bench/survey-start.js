const definition = JSON.parse(document.getElementById("definition").textContent);
new Survey.Model(definition).render(document.getElementById("survey"));
