using DeepKeras.Initializers;
using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class AttentionTests
{
    [SetUp]
    public void Start()
    {
        ClearSession();
        SetRandomSeed(5);
    }

    [Test]
    public void Weights_have_Keras_s_names_and_shapes()
    {
        var t = Input((7, 6));
        var layer = new MultiHeadAttention(2, 3, valueDim: 4, useGate: true);
        _ = layer.Apply(t, Input((5, 8)));
        layer.Weights.Select(w => $"{w.Path} {w.Shape}").Should().Equal(
            "multi_head_attention/query/kernel (6, 2, 3)", "multi_head_attention/query/bias (2, 3)",
            "multi_head_attention/key/kernel (8, 2, 3)", "multi_head_attention/key/bias (2, 3)",
            "multi_head_attention/gate/kernel (6, 2, 4)", "multi_head_attention/gate/bias (2, 4)",
            "multi_head_attention/value/kernel (8, 2, 4)", "multi_head_attention/value/bias (2, 4)",
            "multi_head_attention/attention_output/kernel (2, 4, 6)", "multi_head_attention/attention_output/bias (6,)");
        new GroupQueryAttention(2, 4, 2).Name.Should().Be("grouped_query_attention");
    }

    [Test]
    public void Kernels_start_apart_and_by_the_features_they_join()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new MultiHeadAttention(4, 8);
        _ = layer.Apply(Input((3, 96)), Input((3, 96)));
        var (query, key) = (layer.Weights[0].ToTensor(), layer.Weights[2].ToTensor());
        Same(query, key).Should().BeFalse();
        // From 96 features to 4 heads of 8: glorot_uniform is U(±√(6 / 128)).
        var limit = Math.Sqrt(6.0 / 128);
        Number(query.abs().max()).Should().BeInRange(0.97 * limit, limit);
        var seeded = new MultiHeadAttention(4, 8, kernelInitializer: new GlorotUniform(seed: 3));
        _ = seeded.Apply(Input((3, 96)), Input((3, 96)));
        Same(seeded.Weights[0].ToTensor(), seeded.Weights[2].ToTensor()).Should().BeTrue();
    }

    [Test]
    public void Scores_are_a_second_output_of_a_model()
    {
        var t = Input((4, 6));
        var output = MultiHeadAttention(2, 3, returnAttentionScores: true)(t, t);
        output.Siblings[1].Shape.Should().Equal(null, 2, 4, 4);
        var model = new Model(t, (KerasTensor[])[output, output.Siblings[1]]);
        var found = model.PredictOnBatch(Sample(ScalarType.Float32, 3, 4, 6));
        Close(found[1].sum(-1), torch.ones(3, 2, 4));
    }

    [Test]
    public void Steps_behind_a_mask_change_nothing_before_it()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new MultiHeadAttention(2, 3);
        var x = Sample(ScalarType.Float32, 1, 5, 4);
        var mask = Integers([1, 1, 1, 0, 0], 1, 5).to_type(ScalarType.Bool);
        var whole = layer.Call([x, x], [mask, mask]);
        var cut = layer.Call([x.narrow(1, 0, 3), x.narrow(1, 0, 3)]);
        Close(whole.narrow(1, 0, 3), cut);
        Numbers(whole).Should().NotContain(double.NaN);
    }

    [Test]
    public void Nothing_of_later_steps_comes_through_a_causal_mask()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var layer in new Layer[] { new MultiHeadAttention(2, 3, useCausalMask: true), new GroupQueryAttention(3, 4, 2, useCausalMask: true), new Attention(useCausalMask: true), new AdditiveAttention(useCausalMask: true) })
        {
            var x = Sample(ScalarType.Float32, 2, 5, 4);
            var before = layer.Call([x, x]);
            var changed = x.clone();
            changed.narrow(1, 3, 2).fill_(9);
            Close(layer.Call([changed, changed]).narrow(1, 0, 3), before.narrow(1, 0, 3));
        }
    }

    [Test]
    public void The_mask_of_the_query_reaches_the_loss()
    {
        var ids = Input(4, dtype: ScalarType.Int64);
        var t = Embedding(7, 4, maskZero: true)(ids);
        t = MultiHeadAttention(2, 2)(t, t);
        t = GroupQueryAttention(2, 2, 1)(t, t);
        t = Attention()(t, t);
        var model = new Model(ids, t);
        model.Compile("sgd", "mse");
        var x = Integers([3, 1, 0, 0, 2, 5, 6, 1], 2, 4);
        var expected = model.PredictOnBatch(x).Single;
        var y = Sample(ScalarType.Float32, 2, 4, 4);
        var counted = x.ne(0).unsqueeze(-1);
        var loss = Number(expected.sub(y).square().mul(counted).sum()) / (6 * 4);
        model.TestOnBatch(x, y)["loss"].Should().BeApproximately(loss, 1e-5);
    }

    [Test]
    public void Dropout_drops_scores_while_training_only()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new MultiHeadAttention(2, 3, dropout: 0.5);
        var x = Sample(ScalarType.Float32, 2, 5, 4);
        Same(layer.Call([x, x]), layer.Call([x, x])).Should().BeTrue();
        Same(layer.Call([x, x], training: true), layer.Call([x, x], training: true)).Should().BeFalse();
        Close(new MultiHeadAttention(2, 3, dropout: 1, useBias: false).Call([x, x], training: true), torch.zeros(2, 5, 4));
    }

    [Test]
    public void Wrong_options_are_refused()
    {
        Refused(() => new MultiHeadAttention(0, 3), "*numHeads must be a positive number but was 0*");
        Refused(() => new MultiHeadAttention(2, 0), "*keyDim must be a positive number but was 0*");
        Refused(() => new MultiHeadAttention(2, 3, valueDim: 0), "*valueDim must be a positive number but was 0*");
        Refused(() => new MultiHeadAttention(2, 3, outputShape: new Shape(0)), "*outputShape must be made of positive numbers but was (0,)*");
        Refused(() => new MultiHeadAttention(2, 3, slidingWindow: 0), "*slidingWindow must be a positive number of steps but was 0*");
        Refused(() => new MultiHeadAttention(2, 3, dropout: 1.5), "*1.5*");
        Refused(() => new GroupQueryAttention(0, 4, 2), "*headDim must be a positive number but was 0*");
        Refused(() => new GroupQueryAttention(2, 4, 0), "*numKeyValueHeads must be a positive number but was 0*");
        Refused(() => new GroupQueryAttention(2, 4, 3), "*numQueryHeads must be a multiple of numKeyValueHeads, 3, but was 4*");
        Refused(() => new Attention(scoreMode: "product"), "*scoreMode*product*dot*");
        Refused(() => new Attention(dropout: -1), "*-1*");
    }

    [Test]
    public void Flash_attention_is_refused_where_it_cannot_be_had()
    {
        Refused(() => new MultiHeadAttention(2, 3, dropout: 0.1, flashAttention: true), "MultiHeadAttention *: flashAttention: true expects floats of 16 bits on a CUDA device*but there is a dropout. *");
        Refused(() => new GroupQueryAttention(2, 4, 2, flashAttention: true, returnAttentionScores: true), "GroupQueryAttention *: flashAttention: true expects *but the scores are asked for. *");
        using var scope = torch.NewDisposeScope();
        var x = Sample(ScalarType.Float32, 1, 3, 4);
        Refused(() => new MultiHeadAttention(2, 3, flashAttention: true).Call([x, x]), "MultiHeadAttention *but the query is on cpu. Leave flashAttention out*");
        Refused(() => new GroupQueryAttention(2, 4, 2, flashAttention: true).Call([x, x]), "GroupQueryAttention *but the query is on cpu. *");
        new MultiHeadAttention(2, 3, flashAttention: false).Call([x, x]).shape.Should().Equal(1, 3, 4);
        var json = DeepKeras.Serialization.ObjectConfig.Write(new MultiHeadAttention(2, 3, flashAttention: false));
        ((MultiHeadAttention)DeepKeras.Serialization.ObjectConfig.Read<Layer>(json)).FlashAttention.Should().BeFalse();
    }

    [Test]
    public void Wrong_inputs_are_refused_with_what_was_expected()
    {
        var (t, other) = (Input((4, 6)), Input((5, 6)));
        Refused(() => MultiHeadAttention(2, 3)(t), "MultiHeadAttention * expects a query and a value, then a key and an attention mask if there are any, but received 1 tensor.*");
        Refused(() => Attention()(t), "Attention * expects a query and a value, and a key if it is another tensor, but received 1 tensor.*");
        Refused(() => MultiHeadAttention(2, 3)(Input(6), Input(6)), "*expects query, value and key of one rank*(None, 6) and (None, 6)*");
        Refused(() => MultiHeadAttention(2, 3)(t, other, t), "*expects as many keys as values*(None, 4, 6) and (None, 5, 6) and (None, 4, 6)*");
        Refused(() => Attention()(t, Input((4, 5))), "*expects a query and keys with the same features*");
        Refused(() => MultiHeadAttention(2, 3)(t, Input((4, null))), "*expects a known last axis*(None, 4, None)*");
        Refused(() => MultiHeadAttention(2, 3, attentionAxes: 2)(t, t), "*attends over the axes 2*Choose attentionAxes between 1 and 1*");
        Refused(() => MultiHeadAttention(2, 3)(t, other, other, Input((4, 4))), "*expects an attention mask of shape (N, …) and (4, 5)*(None, 4, 4)*");
        Refused(() => MultiHeadAttention(2, 3, useCausalMask: true)(Input((2, 3, 4)), Input((2, 3, 4))), "*knows what comes before and after along one axis only but attends over [1, 2]*");
        Refused(() => GroupQueryAttention(2, 4, 2)(Input((2, 3, 4)), Input((2, 3, 4))), "*expects sequences (N, steps, features)*");
        Refused(() => GroupQueryAttention(2, 4, 2)(t, Input((4, 5))), "*expects a query and keys with the same features*");
        var layer = new MultiHeadAttention(2, 3);
        _ = layer.Apply(t, t);
        Refused(() => layer.Apply(Input((4, 5)), Input((4, 5))), "*expects 6 features of the query, for which it was built*(None, 4, 5)*");
        var rows = new MultiHeadAttention(2, 3, attentionAxes: 1);
        var mask = torch.ones([1, 2, 3], ScalarType.Bool);
        Refused(() => rows.Call([Sample(ScalarType.Float32, 1, 2, 3, 4), Sample(ScalarType.Float32, 1, 2, 3, 4)], [mask, null]), "*expects a mask with an element for each step it attends over*");
    }

    private static void Refused(Func<object> action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
