namespace DeepKeras;

/// <summary>The wording of every error, one part per area. Each method returns the exception, so that callers write <c>throw Throw.…</c>.</summary>
internal static partial class Throw
{
    public static KerasException UnknownName(string what, string? name, IEnumerable<string> known)
    {
        var all = known.Order(StringComparer.Ordinal).ToList();
        var near = all.OrderBy(k => EditDistance(k, name ?? "")).Take(3).ToList();
        var choice = all.Count <= 4
            ? $"It must be one of: {string.Join(", ", all.Select(k => $"\"{k}\""))}."
            : $"The nearest names are {string.Join(", ", near.Select(k => $"\"{k}\""))}.";
        return new($"Unknown {what} \"{name}\". {choice}");
    }

    public static KerasException NotABuiltIn(string what, Type type) =>
        new($"The {what} {type.Name} cannot be made from its name: its constructor has parameters without defaults. Create it with 'new {type.Name}(…)' and pass the object.");

    private static int EditDistance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
