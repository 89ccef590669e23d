using System.Globalization;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException NarrowSummary(int width) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Summary: a line of {width} characters is too short for the table. Give lineLength: 60 or more."));

    public static KerasException SummaryPositions(int expected, int received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Summary: positions must hold the end of each of the {expected} columns (Trainable not counted) but holds {received}. Leave it out for Keras's columns."));

    public static KerasException SummaryRange(Model model, string first, string last) =>
        new($"Summary: no layer of '{model.Name}' matches '{first}' or '{last}'. Its layers are {Names(model.Layers.Select(l => l.Name))}.");

    public static KerasException DiagramNotBuilt(Model model) =>
        new($"Diagram: the shapes of '{model.Name}' are not known yet. Begin the model with Input(…) or inputShape: …, or call it on data first.");
}
