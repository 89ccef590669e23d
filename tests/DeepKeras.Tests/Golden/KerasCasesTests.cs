using DeepKeras.Conformance;

namespace DeepKeras.Tests.Golden;

/// <summary>Replays the shared numeric cases of Keras. The floors only go up: they hold what has been reached.</summary>
public sealed class KerasCasesTests
{
    [TestCase("keras_cases.json", 1169)]
    [TestCase("keras_golden.json", 377)]
    public void Every_case_that_is_covered_agrees_with_Keras(string file, int floor)
    {
        var cases = CaseFile.Read(Path.Combine(SharedData.Find("cases"), file));
        var outcomes = cases.Select(c => (Case: c, Outcome: Replayer.Replay(c))).ToList();

        foreach (var reason in outcomes.Where(o => o.Outcome.Kind == OutcomeKind.Skipped).GroupBy(o => o.Outcome.Text).OrderByDescending(g => g.Count()))
        {
            TestContext.Out.WriteLine($"skipped {reason.Count(),4}  {reason.Key}");
        }
        outcomes.Where(o => o.Outcome.Kind == OutcomeKind.Failed).Select(o => $"{o.Case.Id} {o.Case.Name}: {o.Outcome.Text}").Should().BeEmpty();
        outcomes.Count(o => o.Outcome.Kind == OutcomeKind.Passed).Should().BeGreaterThanOrEqualTo(floor);
    }

    [Test]
    public void A_wrong_number_a_wrong_shape_and_an_exception_fail()
    {
        Replay("""{"kind":"activation","name":"relu","config":{},"inputs":{"x":[-1.5,2.5]},"expected":[0,2.6],"tolerance":0.01}""")
            .Should().Be(Outcome.Failed("number 1 of 2 is 2.5 instead of 2.6"));
        Replay("""{"kind":"activation","name":"relu","config":{},"inputs":{"x":[-1.5,2.5]},"expected":{"dtype":"float32","shape":[2,1],"data":[0,2.5]},"tolerance":0.01}""")
            .Should().Be(Outcome.Failed("the shape is (2,) instead of (2, 1)"));
        Replay("""{"kind":"layer","name":"Dense","config":{"units":-1},"inputs":{"inputs":[[1.5]]},"expected":0,"tolerance":0}""")
            .Text.Should().StartWith("KerasException: Dense");
    }

    [Test]
    public void What_does_not_exist_is_skipped_with_the_reason()
    {
        Replay("""{"kind":"telepathy","name":"x","expected":0}""").Should().Be(Outcome.Skipped("no handler for the kind 'telepathy'"));
        Replay("""{"kind":"layer","name":"Teleport","config":{},"inputs":{"inputs":[1.5]},"expected":0}""").Should().Be(Outcome.Skipped("no Layer named Teleport"));
        Replay("""{"kind":"layer","name":"Dense","config":{"units":1,"colour":"red"},"inputs":{"inputs":[[1.5]]},"expected":0}""")
            .Should().Be(Outcome.Skipped("Dense has no option colour"));
    }

    [Test]
    public void A_loose_expectation_is_sharpened_by_the_reference_output() =>
        Replay("""{"kind":"activation","name":"tanh","config":{},"inputs":{"x":[0.5]},"expected":[0.46],"keras_output":[0.463],"tolerance":0.1}""")
            .Text.Should().StartWith("against the unrounded reference");

    private static Outcome Replay(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Replayer.Replay(new Case(document.RootElement.Clone()));
    }
}
