using DeepKeras.Constraints;
using DeepKeras.Losses;
using DeepKeras.Metrics;
using DeepKeras.Regularizers;
using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Golden.Training;

/// <summary>Nothing is left out: every class that Keras has, and every option of its constructor.</summary>
public sealed class AgreementCoverageTests
{
    private const string NotOfKeras = "Keras has no such class";
    private const string HoldsCode = "it holds a function, which no file can carry";

    private static readonly Dictionary<string, string> s_leftOut = new(StringComparer.Ordinal)
    {
        [nameof(LossMetric)] = HoldsCode,
        [nameof(MeanMetricWrapper)] = HoldsCode,
        [nameof(BFGS)] = NotOfKeras,
        [nameof(ConjugateGradient)] = NotOfKeras,
        [nameof(LBFGS)] = NotOfKeras,
        [nameof(LevenbergMarquardt)] = NotOfKeras,
        [nameof(MultiOptimizer)] = "it has no rule of its own; MultiOptimizerTests hold its steps against Keras's",
        [nameof(Newton)] = NotOfKeras,
        [nameof(CyclicalLearningRate)] = NotOfKeras,
        [nameof(OneCycle)] = NotOfKeras,
        [nameof(StepDecay)] = NotOfKeras,
    };

    [Test]
    public void Every_loss_has_cases_for_every_option() => Check<Loss>("losses", 22);

    [Test]
    public void Every_metric_has_cases_for_every_option() => Check<Metric>("metrics", 42);

    [Test]
    public void Every_optimizer_has_cases_for_every_option() => Check<Optimizer>("optimizer", 15);

    [Test]
    public void Every_regularizer_has_cases_for_every_option() => Check<Regularizer>("tools_regularizers", 4);

    [Test]
    public void Every_constraint_has_cases_for_every_option() => Check<Constraint>("tools_constraints", 4);

    [Test]
    public void Every_schedule_has_cases_for_every_option() => Check<LearningRateSchedule>("tools_schedules", 6);

    [Test]
    public void An_option_that_no_case_sets_is_seen()
    {
        var amsgrad = ConfigClass.Of(typeof(Adam)).Members.Single(m => m.Key == "amsgrad");
        Varies(amsgrad, [new Adam(), new Adam(epsilon: 0.1)]).Should().BeFalse();
        Varies(amsgrad, [new Adam(), new Adam(amsgrad: true)]).Should().BeTrue();
    }

    private static void Check<T>(string kind, int atLeast)
        where T : class
    {
        var made = TrainingFixtures.Read(kind).Select(c => ObjectConfig.Read<T>(c.Case["object"]!.DeepClone())).ToLookup(o => o.GetType());
        var gaps = new List<string>();
        foreach (var type in Catalog<T>.Types.Where(t => !s_leftOut.ContainsKey(t.Name)))
        {
            if (!made.Contains(type)) gaps.Add($"{type.Name} has no case");
            else gaps.AddRange(ConfigClass.Of(type).Members.Where(m => m.Key != "name" && !Varies(m, made[type])).Select(m => $"no case of {type.Name} sets {m.Key}"));
        }
        gaps.Should().BeEmpty();
        made.Count.Should().BeGreaterThanOrEqualTo(atLeast);
    }

    private static bool Varies(ConfigMember member, IEnumerable<object> made) =>
        !member.Parameter.HasDefaultValue || made.Any(o => !Equals(member.Property.GetValue(o), member.Default));
}
