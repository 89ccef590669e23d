using System.Text.Json.Nodes;
using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Golden.Training;

/// <summary>Regularizers, constraints, schedules, activations and initializers without chance, as Keras computes them.</summary>
public sealed class WeightToolAgreementTests
{
    private static readonly ScalarType[] s_types = [ScalarType.Float64, ScalarType.Float32];

    [TestCaseSource(nameof(s_types))]
    public void Penalties_and_their_gradients(ScalarType type) => Each("tools_regularizers", type, 300, (agreement, file, given, where) =>
        CompareWithGradient(agreement, ObjectConfig.Read<Regularizer>(given["object"]!.DeepClone()).Penalty, file, given, type, where));

    [TestCaseSource(nameof(s_types))]
    public void Activations_and_their_gradients(ScalarType type) => Each("tools_activations", type, 2000, (agreement, file, given, where) =>
        CompareWithGradient(agreement, ((ActivationFunction)TrainingFixtures.ClassOf(given)).Function, file, given, type, where));

    [TestCaseSource(nameof(s_types))]
    public void Projections(ScalarType type) => Each("tools_constraints", type, 200, (agreement, file, given, where) =>
        agreement.Compare(ObjectConfig.Read<Constraint>(given["object"]!.DeepClone()).Project(TrainingFixtures.Named(file, (string?)given["x"], type)!), given["value"]!, where));

    [TestCaseSource(nameof(s_types))]
    public void Start_values(ScalarType type) => Each("tools_initializers", type, 150, (agreement, _, given, where) =>
        agreement.Compare(ObjectConfig.Read<Initializer>(given["object"]!.DeepClone()).Create([.. given["value"]!["shape"]!.AsArray().Select(e => (long)e!)], type), given["value"]!, where));

    [Test]
    public void Rates_step_by_step() => Each("tools_schedules", ScalarType.Float64, 300, (agreement, _, given, where) =>
    {
        var schedule = ObjectConfig.Read<LearningRateSchedule>(given["object"]!.DeepClone());
        double[] rates = [.. given["steps"]!.AsArray().Select(s => schedule.At((long)s!))];
        agreement.Compare(torch.tensor(rates, [rates.Length]), given["value"]!, where);
    });

    [Test]
    public void Every_activation_of_Keras_is_there() =>
        TrainingFixtures.Read("tools_activations").Select(c => TrainingFixtures.ClassOf(c.Case)).Distinct().Should().BeSubsetOf(ActivationFunction.Names).And.HaveCount(29);

    private static void Each(string kind, ScalarType type, int atLeast, Action<Agreement, JsonObject, JsonObject, string> compare)
    {
        using var scope = torch.NewDisposeScope();
        var agreement = new Agreement(type);
        foreach (var (file, given) in TrainingFixtures.Read(kind)) compare(agreement, file, given, $"{given["object"]!.ToJsonString()} {given["x"]}");
        agreement.Conclude(atLeast);
    }

    private static void CompareWithGradient(Agreement agreement, Func<Tensor, Tensor> function, JsonObject file, JsonObject given, ScalarType type, string where)
    {
        var x = TrainingFixtures.Named(file, (string?)given["x"], type)!.requires_grad_();
        var value = function(x * 1);
        agreement.Compare(value, given["value"]!, where);
        (value.sum() + (0 * x).sum()).backward();
        agreement.Compare(x.grad!, given["gradient"]!, "gradient of " + where);
    }
}
