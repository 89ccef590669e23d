using System.Globalization;
using System.Text.RegularExpressions;

namespace DeepKeras.Callbacks;

/// <summary>File names with figures in them, written as Python formats numbers: <c>model-{epoch:02d}-{val_loss:.2f}.dkeras</c>.</summary>
internal static partial class FileTemplate
{
    /// <summary>Fills the names in.</summary>
    /// <param name="owner">Who asks, for the error.</param>
    /// <param name="template">The file name with braces.</param>
    /// <param name="valueOf">The value of a name, or null where there is none.</param>
    /// <param name="names">Every name, for the error.</param>
    public static string Fill(string owner, string template, Func<string, double?> valueOf, Func<IEnumerable<string>> names) =>
        Placeholder().Replace(template, match =>
        {
            var name = match.Groups["name"].Value;
            var value = valueOf(name) ?? throw Throw.UnknownPlaceholder(owner, template, name, names());
            return Format(owner, template, value, match);
        });

    private static string Format(string owner, string template, double value, Match match)
    {
        if (match.Groups["rest"].Length > 0) throw Throw.BadFormat(owner, template, match.Value);
        var digits = match.Groups["precision"] is { Success: true } precision ? precision.Value : null;
        var text = match.Groups["type"].Value switch
        {
            "d" => ((long)value).ToString(CultureInfo.InvariantCulture),
            "e" => value.ToString("0." + new string('0', int.Parse(digits ?? "6", CultureInfo.InvariantCulture)) + "e+00", CultureInfo.InvariantCulture),
            "" when digits is null => value.ToString(CultureInfo.InvariantCulture),
            "" or "g" => value.ToString("G" + (digits ?? "6"), CultureInfo.InvariantCulture),
            _ => value.ToString("F" + (digits ?? "6"), CultureInfo.InvariantCulture),
        };
        var width = match.Groups["width"] is { Success: true, Length: > 0 } wide ? int.Parse(wide.Value, CultureInfo.InvariantCulture) : 0;
        return text.PadLeft(width, match.Groups["zero"].Length > 0 ? '0' : ' ');
    }

    [GeneratedRegex(@"\{(?<name>\w+)(:(?<zero>0?)(?<width>\d*)(\.(?<precision>\d+))?(?<type>[dfeg]?)(?<rest>[^}]*))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
