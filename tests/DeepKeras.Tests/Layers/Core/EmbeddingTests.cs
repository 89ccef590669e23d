using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class EmbeddingTests
{
    [SetUp]
    public void Start()
    {
        ClearSession();
        SetRandomSeed(5);
    }

    [Test]
    public void Ids_of_every_type_find_their_rows()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Embedding(4, 2);
        var ids = Integers([3, 0, 2, 3], 2, 2);
        var first = layer.Call(ids);
        layer.Weights[0].Assign(Floats([0, 1, 10, 11, 20, 21, 30, 31], 4, 2));
        Close(layer.Call(ids), Floats([30, 31, 0, 1, 20, 21, 30, 31], 2, 2, 2));
        foreach (var type in new[] { ScalarType.Int32, ScalarType.Int16, ScalarType.Byte, ScalarType.Float32, ScalarType.Float64 }) Same(layer.Call(ids.to_type(type)), layer.Call(ids)).Should().BeTrue();
        Number(first.abs().max()).Should().BeLessThanOrEqualTo(0.05);
    }

    [Test]
    public void Rows_that_no_id_asks_for_are_not_trained()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Embedding(4, 2);
        layer.Call(Integers([3, 1, 3], 3)).sum().backward();
        Close(layer.Weights[0].Value.grad!, Floats([0, 0, 1, 1, 0, 0, 2, 2], 4, 2));
    }

    [Test]
    public void Integer_arrays_are_fitted_from_end_to_end()
    {
        var model = new Sequential([new Embedding(10, 8, inputShape: 3), new Flatten(), new Dense(10, "softmax")]);
        model.Inputs[0].Dtype.Should().Be(ScalarType.Int64);
        model.Compile(new Adam(0.05), "sparse_categorical_crossentropy", metrics: "accuracy");
        var (x, y) = (new int[40, 3], new int[40]);
        for (var i = 0; i < 40; i++) (x[i, 0], x[i, 1], x[i, 2], y[i]) = (i % 10, i * 7 % 10, i * 3 % 10, i % 10);
        var history = model.Fit(x, y, batchSize: 8, epochs: 20, verbose: 0);
        history["accuracy"][^1].Should().Be(1);
        model.Predict(x).Single.shape.Should().Equal(40, 10);
    }

    [Test]
    public void Large_ids_stay_apart()
    {
        const int Count = 16_777_220;
        var layer = new Embedding(Count, 1, inputShape: 2);
        var model = new Sequential([layer]);
        using (torch.no_grad())
        {
            layer.Weights[0].Value[16_777_216].fill_(1);
            layer.Weights[0].Value[16_777_217].fill_(2);
        }
        Close(model.PredictOnBatch(Integers([16_777_216, 16_777_217], 1, 2)).Single, Floats([1, 2], 1, 2, 1));
        FluentActions.Invoking(() => layer.Call(Floats([1, 2], 1, 2))).Should().Throw<KerasException>()
            .WithMessage("Embedding 'embedding' * expects ids of an integer type, because it has 16777220 of them*but received float32. Build the model with Input(…, dtype: ScalarType.Int64).");
    }

    [Test]
    public void Ids_are_not_narrowed_in_mixed_precision()
    {
        var layer = new Embedding(1000, 1) { DtypePolicy = "mixed_bfloat16" };
        var ids = Input(2);
        var model = new Model(ids, layer.Apply(ids));
        using (torch.no_grad())
        {
            layer.Weights[0].Value[998].fill_(1);
            layer.Weights[0].Value[999].fill_(2);
        }
        Close(model.PredictOnBatch(Floats([998, 999], 1, 2)).Single.to_type(ScalarType.Float32), Floats([1, 2], 1, 2, 1));
    }

    [Test]
    public void An_id_out_of_range_is_named()
    {
        var model = new Sequential([new Embedding(4, 2, inputShape: 3)]);
        FluentActions.Invoking(() => model.PredictOnBatch(Integers([0, 1, 2, 3, 4, 0], 2, 3))).Should().Throw<KerasException>()
            .WithMessage("Embedding 'embedding' * expects ids from 0 to 3 but received 4 at position 4 of (2, 3). Make inputDim the largest id plus 1*");
        FluentActions.Invoking(() => model.PredictOnBatch(Integers([0, -1, 2], 1, 3))).Should().Throw<KerasException>().WithMessage("*received -1 at position 1*");
    }

    [Test]
    public void Id_0_is_masked_where_asked_for()
    {
        using var scope = torch.NewDisposeScope();
        IMaskProducer masked = new Embedding(4, 2, maskZero: true);
        masked.ProducesMask([false]).Should().BeTrue();
        Same(masked.ComputeMask([Integers([2, 0, 1], 1, 3)], [null]), torch.tensor(new[] { true, false, true }, [1, 3])).Should().BeTrue();
        ((IMaskProducer)new Embedding(4, 2)).ProducesMask([false]).Should().BeFalse();
    }

    [Test]
    public void Masked_steps_become_0_and_do_not_count()
    {
        var input = Input((3, 2));
        var model = new Model(input, GlobalAveragePooling1D()(Masking(-1)(input)));
        Close(model.PredictOnBatch(Floats([1, 2, -1, -1, -1, 4], 1, 3, 2)).Single, [0, 3]);
        Close(new Masking(-1).Call(Floats([1, 2, -1, -1, -1, 4], 1, 3, 2)), Floats([1, 2, 0, 0, -1, 4], 1, 3, 2));
    }

    [Test]
    public void The_way_back_gives_a_score_for_each_id()
    {
        using var scope = torch.NewDisposeScope();
        var tied = new ReversibleEmbedding(3, 2, logitSoftCap: 5);
        _ = tied.Call(Integers([0], 1));
        tied.Weights[0].Assign(Floats([0, 0, 2, 3, 4, 5], 3, 2));
        Close(tied.Reverse.Layer.Call(Floats([1, 2], 1, 2)), [0, (float)(5 * Math.Tanh(8 / 5.0)), (float)(5 * Math.Tanh(14 / 5.0))]);
        var free = new ReversibleEmbedding(3, 2, tieWeights: false, reverseDtype: ScalarType.Float64);
        free.Reverse.Layer.Call(Floats([1, 2], 1, 2)).dtype.Should().Be(ScalarType.Float64);
        free.Weights.Select(w => $"{w.Path} {w.Shape}").Should().Equal("reversible_embedding_1/embeddings (3, 2)", "reversible_embedding_1/reverse_embeddings (2, 3)");
        FluentActions.Invoking(() => free.Reverse(Input((4, 3)))).Should().Throw<KerasException>().WithMessage("*'reversible_embedding_1_reverse' expects vectors, a last axis of 2 but received (None, 4, 3)*");
        FluentActions.Invoking(() => new ReversibleEmbedding(3, 2, logitSoftCap: 0)).Should().Throw<KerasException>().WithMessage("*logitSoftCap must be a positive number but was 0*");
    }

    [TestCase("m.keras")]
    [TestCase("m.dkeras")]
    public void A_model_with_both_ways_comes_back(string file)
    {
        using var folder = new TemporaryFolder();
        var ids = Input(4, dtype: ScalarType.Int64);
        var table = new ReversibleEmbedding(6, 3, tieWeights: false);
        var model = new Model(ids, table.Reverse(Dense(3, "tanh")(table.Apply(ids))));
        model.CountParams().Should().Be(18 + 18 + 12);
        model.Compile(new SGD(0.5), "mse");
        var before = model.GetWeights();
        _ = model.TrainOnBatch(Integers([1, 2, 3, 4], 1, 4), Sample(ScalarType.Float32, 1, 4, 6));
        model.GetWeights().Zip(before, Same).Should().NotContain(true);
        model.Save(folder.File(file));
        var x = Integers([5, 0, 2, 1], 1, 4);
        Same(LoadModel(folder.File(file)).PredictOnBatch(x).Single, model.PredictOnBatch(x).Single).Should().BeTrue();
    }

    [Test]
    public void It_begins_with_the_vectors_that_are_given()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Embedding(3, 2, weights: new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
        Close(layer.Call(Integers([2, 0], 1, 2)), [5, 6, 1, 2]);
        DeepKeras.Serialization.ObjectConfig.Write(layer)["config"]!.AsObject().ContainsKey("weights").Should().BeFalse();
        FluentActions.Invoking(() => new Embedding(3, 2, weights: torch.ones(2, 3))).Should().Throw<KerasException>().WithMessage("*embeddings*(3, 2)*(2, 3)*");
    }

    [Test]
    public void Dimensions_must_be_positive()
    {
        FluentActions.Invoking(() => new Embedding(0, 2)).Should().Throw<KerasException>().WithMessage("*inputDim must be a positive number but was 0*");
        FluentActions.Invoking(() => new Embedding(2, 0)).Should().Throw<KerasException>().WithMessage("*outputDim must be a positive number but was 0*");
        FluentActions.Invoking(() => Masking()(Input(new Shape()))).Should().Throw<KerasException>().WithMessage("*expects steps with features*");
    }
}
