using System.Globalization;
using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>The samples that the model got wrong while it was surest, and those whose numbers it missed by most.</summary>
internal static class MistakesSection
{
    private const int PictureWidth = 96;

    public static IEnumerable<Section> Write(ReportContext context)
    {
        foreach (var output in context.Reading.Outputs)
        {
            if (output.Classes is { Mistakes: { Count: > 0 } mistakes })
            {
                XElement content = mistakes.Any(m => m.Picture is not null)
                    ? Html.Figures("grid", mistakes.Select(m => Tile(context, m)))
                    : Html.Table(["sample", "is", "was taken for", "with", "truth got"], mistakes.Select(m => Row(context, m)), true, false, false, true, true);
                yield return new(context.TitleFor("Hardest mistakes", output), "The wrong answers that left the least probability for the truth. The number is the sample's place in the data.", [content]);
            }
            else if (output.Numbers is { Worst: { Count: > 0 } worst } && worst.Any(m => m.Picture is not null))
            {
                yield return new(context.TitleFor("Greatest errors", output), null, [Html.Figures("grid", worst.Select(m => Tile(m)))]);
            }
        }
    }

    private static XElement Tile(ReportContext context, Mistake mistake) => Html.Figure(
        mistake.Picture!.ToElement($"sample {Numeral.Whole(mistake.Index)}", PictureWidth),
        Html.Styled("b", "wrong-name", context.Options.ClassName(mistake.Recognised)),
        " " + Numeral.Percent(mistake.Confidence),
        Html.Element("br"),
        "is " + context.Options.ClassName(mistake.TrueClass),
        Html.Styled("span", "note", $" · {Numeral.Whole(mistake.Index)}"));

    private static XElement Tile(NumberReading.Miss miss) => Html.Figure(
        miss.Picture!.ToElement($"sample {Numeral.Whole(miss.Index)}", PictureWidth),
        string.Join(", ", miss.Prediction.Select(v => Numeral.Plain(v))),
        Html.Element("br"),
        "is " + string.Join(", ", miss.Truth.Select(Numeral.Plain)),
        Html.Styled("span", "note", $" · {Numeral.Whole(miss.Index)}"));

    private static IReadOnlyList<object> Row(ReportContext context, Mistake mistake) =>
    [
        mistake.Index.ToString(CultureInfo.InvariantCulture), context.Options.ClassName(mistake.TrueClass), context.Options.ClassName(mistake.Recognised),
        Numeral.Percent(mistake.Confidence), Numeral.Percent(mistake.TrueProbability),
    ];
}
