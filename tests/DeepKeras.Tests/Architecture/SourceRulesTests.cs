namespace DeepKeras.Tests.Architecture;

/// <summary>The house rules over every source file, and over planted files that break them.</summary>
public sealed class SourceRulesTests
{
    private static readonly IReadOnlyList<SourceFile> s_files = SourceFile.All();

    private static readonly (string Name, Func<SourceFile, string?> Rule, string Path, string Violation)[] s_rules =
    [
        ("one type per file", SourceRules.OneTypePerFile, "src/DeepKeras/Layers/Core/Dense.cs", "namespace DeepKeras.Layers;\n\npublic sealed class Dense\n{\n}\n\npublic enum Density\n{\n}\n"),
        ("file name is type name", SourceRules.OneTypePerFile, "src/DeepKeras/Layers/Core/Dens.cs", "namespace DeepKeras.Layers;\n\npublic readonly record struct Dense(int X);\n"),
        ("namespace is folder", SourceRules.NamespaceIsFolder, "src/DeepKeras/Layers/Core/Dense.cs", "namespace DeepKeras.Models;\n"),
        ("length", SourceRules.Length, "src/DeepKeras/Keras.cs", new string('\n', 401)),
        ("no unfinished marks", SourceRules.UnfinishedMarks, "src/TorchSharp.System/native/shim.cpp", "int x; // TO" + "DO: y\n"),
        ("no console output", SourceRules.ConsoleOutput, "src/DeepKeras/Keras.cs", "System.Console.WriteLine(1);\n"),
        ("no empty catch", SourceRules.EmptyCatch, "src/DeepKeras/Keras.cs", "try { F(); } catch (IOException) { }\n"),
        ("no knowledge of the provider", SourceRules.ProviderKnowledge, "src/DeepKeras/Keras.cs", "#if TORCH_SYSTEM\n"),
        ("torch is called positionally", SourceRules.NamedTorchArguments, "src/DeepKeras/Keras.cs", "var y = torch.nn.functional.softmax(x.abs(), dim: 1);\n"),
        ("no member that TorchSharp gets wrong", SourceRules.BrokenTorchMembers, "src/DeepKeras/Keras.cs", "        foreach (var sum in _state) sum.zero_();\n"),
    ];

    private static IEnumerable<string> Rules() => s_rules.Select(r => r.Name);

    [Test]
    public void The_rules_look_at_every_source_file()
    {
        s_files.Count(f => f.IsOwn).Should().BeGreaterThan(200);
        s_files.Count(f => !f.IsOwn).Should().BeGreaterThan(30);
        s_files.Should().Contain(f => f.Path.EndsWith(".cpp"));
    }

    [TestCaseSource(nameof(Rules))]
    public void Every_file_keeps_the_rule(string name)
    {
        var (_, rule, path, violation) = s_rules.Single(r => r.Name == name);
        rule(new SourceFile(path, violation)).Should().NotBeNull("the rule must find the planted violation");
        s_files.Select(f => (f.Path, Broken: rule(f))).Where(f => f.Broken is not null).Select(f => $"{f.Path}: {f.Broken}").Should().BeEmpty();
    }
}
