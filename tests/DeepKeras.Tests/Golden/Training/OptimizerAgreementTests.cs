using System.Globalization;
using System.Text.Json.Nodes;
using DeepKeras.Constraints;
using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Golden.Training;

/// <summary>Twenty steps of every optimizer with every option, and the state in the order of Keras's files.</summary>
public sealed class OptimizerAgreementTests
{
    private static IEnumerable<TestCaseData> All() => TrainingFixtures.Classes("optimizer");

    [TearDown]
    public void SinglesAgain() => Keras.FloatType = ScalarType.Float32;

    [TestCaseSource(nameof(All))]
    public void Steps_and_state_are_those_of_Keras(string name, ScalarType type)
    {
        Keras.FloatType = type;
        var agreement = new Agreement(type);
        foreach (var (file, given) in TrainingFixtures.Of("optimizer", name))
        {
            using var scope = torch.NewDisposeScope();
            Compare(agreement, file, given, type);
        }
        agreement.Conclude(500);
    }

    private static void Compare(Agreement agreement, JsonObject file, JsonObject given, ScalarType type)
    {
        var optimizer = ObjectConfig.Read<Optimizer>(given["object"]!.DeepClone());
        var weights = Weights(file, given, type);
        if (given["exclude"] is JsonArray names) optimizer.ExcludeFromWeightDecay(names: names.Select(n => (string)n!));
        if (given["exclude_first"] is not null) optimizer.ExcludeFromWeightDecay(weights.Take(1));
        optimizer.Build(weights);
        var where = $"{given["object"]!["config"]!.ToJsonString()} {string.Join(", ", given.Where(p => p.Key is not ("object" or "steps" or "state" or "final")).Select(p => $"{p.Key} {p.Value!.ToJsonString()}"))}";
        var steps = file["gradients"]![(string)given["variables"]!]!.AsArray();
        for (var step = 0; step < steps.Count; step++)
        {
            Tensor?[] gradients = [.. steps[step]!.AsArray().Select(g => TrainingFixtures.Tensor(g!, type) * (Marks(given, "overflow", step) ? double.PositiveInfinity : given["still"] is null ? 1 : 0))];
            if (Marks(given, "gaps", step)) gradients[1] = null;
            optimizer.Apply(gradients);
            if (given["steps"]![(step + 1).ToString(CultureInfo.InvariantCulture)] is JsonArray expected) CompareWeights(agreement, weights, expected, $"step {step + 1} of {where}");
        }
        CompareState(agreement, KerasOptimizerState.Of(optimizer, weights), given["state"]!.AsArray(), where);
        optimizer.FinishTraining();
        if (given["final"] is JsonArray final) CompareWeights(agreement, weights, final, $"the end of {where}");
    }

    private static List<Weight> Weights(JsonObject file, JsonObject given, ScalarType type)
    {
        var owners = new Dictionary<string, VariableHolder>(StringComparer.Ordinal);
        var weights = new List<Weight>();
        foreach (var variable in file["variables"]![(string)given["variables"]!]!.AsArray())
        {
            var layer = (string)variable!["layer"]!;
            if (!owners.TryGetValue(layer, out var owner)) owners.Add(layer, owner = new VariableHolder(layer));
            weights.Add(owner.Add((string)variable["name"]!, TrainingFixtures.Tensor(variable, type), given["constraint"] is not null && weights.Count == 0 ? new NonNeg() : null));
        }
        return weights;
    }

    private static bool Marks(JsonObject given, string list, int step) => given[list] is JsonArray steps && steps.Any(s => (int)s! == step);

    private static void CompareWeights(Agreement agreement, List<Weight> weights, JsonArray expected, string where)
    {
        for (var i = 0; i < weights.Count; i++) agreement.Compare(weights[i].View(), expected[i]!, $"{weights[i].Path} after {where}");
    }

    private static void CompareState(Agreement agreement, IReadOnlyList<(string Name, Tensor Value)> own, JsonArray expected, string where)
    {
        if (own.Count != expected.Count)
        {
            agreement.Fail(where, $"the state is [{string.Join(", ", own.Select(o => o.Name))}] instead of [{string.Join(", ", expected.Select(e => e!["name"]))}]");
            return;
        }
        for (var i = 0; i < own.Count; i++) agreement.Compare(own[i].Value, expected[i]!, $"state {own[i].Name} (Keras: {expected[i]!["name"]}) of {where}");
    }
}
