namespace DeepKeras.Tests.Docs;

/// <summary>The README shows only code that compiles and runs: every C# block of it stands, line by line, in an example or in a test.</summary>
public class ReadmeTests
{
    [Test]
    public void Every_block_of_the_README_is_compiled_code()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(SharedData.Root, "examples"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .Append(Path.Combine(SharedData.Root, "tests", "DeepKeras.Tests", "Models", "MissionTests.cs"))
            .Select(f => Lines(File.ReadAllText(f)))
            .ToList();
        var blocks = Blocks(File.ReadAllText(Path.Combine(SharedData.Root, "README.md")));
        blocks.Should().HaveCountGreaterThan(8, "the tour has that many");
        foreach (var block in blocks) sources.Exists(s => Contains(s, block)).Should().BeTrue("this block must stand in compiled code:\n{0}", string.Join('\n', block));
    }

    [Test]
    public void A_block_that_is_nowhere_would_be_found()
    {
        Contains(["a;", "b;", "c;"], ["b;", "c;"]).Should().BeTrue();
        Contains(["a;", "b;", "c;"], ["b;", "d;"]).Should().BeFalse();
        Blocks("text\n```csharp\nx;\n\n  y;\n```\n```bash\nz\n```\n").Should().ContainSingle().Which.Should().Equal("x;", "y;");
    }

    private static bool Contains(IReadOnlyList<string> lines, IReadOnlyList<string> block) =>
        Enumerable.Range(0, Math.Max(0, lines.Count - block.Count + 1)).Any(start => block.Select((l, i) => lines[start + i] == l).All(same => same));

    private static List<List<string>> Blocks(string markdown) =>
        [.. markdown.Split("```").Where((part, i) => i % 2 == 1 && part.StartsWith("csharp\n", StringComparison.Ordinal)).Select(part => Lines(part["csharp".Length..]))];

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
}
