using DeepKeras.Schedules;

namespace DeepKeras.Tests.Conformance;

/// <summary>Every schedule gives a usable rate at every step, always the same one.</summary>
public sealed class ScheduleConformanceTests
{
    private static IEnumerable<TestCaseData> All() => Classes.Cases<LearningRateSchedule>();

    [Test]
    public void There_are_the_schedules_of_Keras() => Classes.Of<LearningRateSchedule>().Count.Should().BeGreaterThanOrEqualTo(7);

    [TestCaseSource(nameof(All))]
    public void Rates_are_finite_and_repeat(Type type)
    {
        var schedule = Classes.Make<LearningRateSchedule>(type);
        long[] steps = [.. Enumerable.Range(0, 130), 1_000_000];
        var rates = steps.Select(schedule.At).ToArray();
        rates.Should().OnlyContain(r => double.IsFinite(r) && r >= 0 && r <= 0.1 + 1e-12);
        rates.Distinct().Count().Should().BeGreaterThan(1, "a schedule changes the rate");
        steps.Reverse().Select(schedule.At).Reverse().Should().Equal(rates, "the rate depends on the step alone");
        steps.Select(((LearningRateSchedule)SampleArguments.Copy(schedule)).At).Should().Equal(rates);
        steps.Select(SampleArguments.CopyThroughJson(schedule).At).Should().Equal(rates);
    }
}
