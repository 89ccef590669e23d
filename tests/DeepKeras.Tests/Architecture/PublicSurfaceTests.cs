using System.Reflection;

namespace DeepKeras.Tests.Architecture;

/// <summary>The public surface is a reviewed text file per assembly: whoever changes it sees the change in the diff.</summary>
public sealed class PublicSurfaceTests
{
    private const string Switch = "DEEPKERAS_UPDATE_API";

    private static readonly string s_folder = Path.Combine(SharedData.Root, "tests", "DeepKeras.Tests", "Architecture", "PublicApi");

    private static Assembly[] Assemblies() => [typeof(Keras).Assembly, typeof(Vision.ImageFile).Assembly, typeof(Applications.Zoo).Assembly];

    [TestCaseSource(nameof(Assemblies))]
    public void The_public_surface_is_as_reviewed(Assembly assembly)
    {
        var file = Path.Combine(s_folder, $"{assembly.GetName().Name}.txt");
        var actual = PublicSurface.Describe(assembly);
        if (Environment.GetEnvironmentVariable(Switch) == "1") File.WriteAllText(file, actual);
        var reviewed = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        var (added, gone) = Changes(reviewed, actual);
        (added.Count + gone.Count).Should().Be(0, $"the public surface must be as reviewed. If the change is wanted, run the tests once with {Switch}=1 and commit {Path.GetFileName(file)}.\nNew: {string.Join("\n     ", added)}\nGone: {string.Join("\n      ", gone)}");
    }

    [Test]
    public void The_description_holds_what_users_see_and_nothing_else()
    {
        var text = PublicSurface.Describe(typeof(Keras).Assembly);
        text.Should().Contain("sealed class DeepKeras.Layers.Dense : Layer\n");
        text.Should().Contain("  static Tensor Relu(Tensor x)\n");
        text.Should().Contain("  protected Weight AddWeight(string name, Shape shape, ");
        text.Should().Contain("  Valid = 0\n");
        text.Should().NotContain("AutoName", "that class is internal");
        text.Split('\n').Length.Should().BeGreaterThan(800);
    }

    [Test]
    public void A_change_is_found()
    {
        Changes("class A : B\n  int X { get; }\n", "class A : B\n  int X { get; set; }\n").Should().BeEquivalentTo(
            (new List<string> { "class A : B → int X { get; set; }" }, new List<string> { "class A : B → int X { get; }" }));
        Changes("class A\n", "class A\n").Should().BeEquivalentTo((new List<string>(), new List<string>()));
    }

    private static (List<string> Added, List<string> Gone) Changes(string before, string after)
    {
        List<string> old = [.. Lines(before)], now = [.. Lines(after)];
        return ([.. now.Except(old, StringComparer.Ordinal)], [.. old.Except(now, StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Lines(string text)
    {
        var heading = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal)) yield return $"{heading} → {line.Trim()}";
            else yield return heading = line;
        }
    }
}
