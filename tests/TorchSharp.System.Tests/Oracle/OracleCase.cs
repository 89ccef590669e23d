using System.Text.Json;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Oracle;

/// <summary>A tensor as the fixture writes it.</summary>
internal sealed record StoredTensor(string Dtype, long[] Shape, JsonElement[] Data, bool Grad = false)
{
    internal Tensor Make() => Enum.Parse<ScalarType>(Dtype) switch
    {
        ScalarType.Float64 => tensor(Numbers(), Shape, requires_grad: Grad),
        ScalarType.Float32 => tensor(Array.ConvertAll(Numbers(), d => (float)d), Shape, requires_grad: Grad),
        ScalarType.Int64 => tensor(Array.ConvertAll(Data, d => d.GetInt64()), Shape),
        ScalarType.Bool => tensor(Array.ConvertAll(Data, d => d.GetInt64() != 0), Shape),
        var other => throw new NotSupportedException($"{other}"),
    };

    internal double[] Numbers() => Array.ConvertAll(Data, d => d.GetDouble());
}

/// <summary>Where three steps of an optimizer lead.</summary>
internal sealed record OptimizerCase(string Name, double[] Expected);

/// <summary>One operation with what PyTorch gives for it.</summary>
internal sealed record OracleCase(string Name, StoredTensor[] Inputs, StoredTensor Expected, StoredTensor?[]? Gradients)
{
    private sealed record Fixture(OracleCase[] Cases, OptimizerCase[] Optimizers);

    private static readonly JsonSerializerOptions s_names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Fixture s_fixture = Read();

    internal static IReadOnlyList<OracleCase> All => s_fixture.Cases;

    internal static IReadOnlyList<OptimizerCase> Optimizers => s_fixture.Optimizers;

    public override string ToString() => Name;

    private static Fixture Read()
    {
        using var stream = typeof(OracleCase).Assembly.GetManifestResourceStream("cases.json")!;
        return JsonSerializer.Deserialize<Fixture>(stream, s_names)!;
    }
}
