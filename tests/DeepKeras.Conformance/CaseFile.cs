namespace DeepKeras.Conformance;

/// <summary>Reads a file of cases: a JSON array of objects.</summary>
internal static class CaseFile
{
    public static IReadOnlyList<Case> Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        if (document.RootElement.ValueKind != JsonValueKind.Array) throw new FormatException("A file of cases is a JSON array of objects.");
        return [.. document.RootElement.EnumerateArray().Select(e => new Case(e.Clone()))];
    }
}
