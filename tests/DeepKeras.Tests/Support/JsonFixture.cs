namespace DeepKeras.Tests.Support;

/// <summary>Reads the numbers that a checked-in script wrote beside a test.</summary>
public static class JsonFixture
{
    /// <summary>The cases of a fixture, each named by one of its members and its number.</summary>
    /// <param name="path">The file, below the tests' folder.</param>
    /// <param name="name">The member that names a case.</param>
    public static IEnumerable<TestCaseData> Cases(string path, string name)
    {
        var file = Path.Combine(SharedData.Root, "tests", "DeepKeras.Tests", path);
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var number = 0;
        foreach (var element in document.RootElement.EnumerateArray())
        {
            yield return new TestCaseData(element.Clone()).SetName($"{{m}}({element.GetProperty(name).GetString()} {number++})");
        }
    }

    /// <summary>A float64 tensor from <c>{"shape", "data"}</c>.</summary>
    public static Tensor Doubles(JsonElement json) => torch.tensor(Numbers(json.GetProperty("data")), Extents(json.GetProperty("shape")));

    /// <summary>An array of numbers.</summary>
    public static double[] Numbers(JsonElement json) => [.. json.EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>An array of extents.</summary>
    public static long[] Extents(JsonElement json) => [.. json.EnumerateArray().Select(e => e.GetInt64())];
}
