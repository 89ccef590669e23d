using TorchSharp.Modules;
using TorchSharp.Tests.Oracle;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Learning;

/// <summary>Optimizers, clipping, starting values.</summary>
public class TrainingTests
{
    private static readonly Dictionary<string, Func<Parameter[], optim.Optimizer>> s_optimizers = new()
    {
        ["sgd"] = p => optim.SGD(p, 0.1),
        ["sgd_momentum"] = p => optim.SGD(p, 0.1, 0.9, 0, 0.01),
        ["sgd_dampening"] = p => optim.SGD(p, 0.1, 0.9, 0.3),
        ["sgd_nesterov"] = p => optim.SGD(p, 0.1, 0.9, 0, 0, true),
        ["sgd_maximize"] = p => optim.SGD(p, 0.1, maximize: true),
        ["adam"] = p => optim.Adam(p, 0.1),
        ["adam_decay"] = p => optim.Adam(p, 0.1, weight_decay: 0.1),
        ["adam_amsgrad"] = p => optim.Adam(p, 0.1, amsgrad: true),
        ["adamw"] = p => optim.AdamW(p, 0.1, weight_decay: 0.1),
        ["rmsprop"] = p => optim.RMSProp(p, 0.1),
        ["rmsprop_centered"] = p => optim.RMSProp(p, 0.1, centered: true, momentum: 0.9),
        ["adagrad"] = p => optim.Adagrad(p, 0.1, 0.1, 0, 0.2),
        ["adadelta"] = p => optim.Adadelta(p, 0.5, 0.8),
        ["adamax"] = p => optim.Adamax(p, 0.1),
    };

    public static IEnumerable<string> Names => OracleCase.Optimizers.Select(c => c.Name);

    [Test]
    public void Fixture_and_table_name_the_same_optimizers() => s_optimizers.Keys.Should().BeEquivalentTo(Names);

    [TestCaseSource(nameof(Names))]
    public void Three_steps_lead_where_PyTorchs_lead(string name)
    {
        using var parameter = new Parameter(tensor(new[] { 1.0, -2, 3, 0.5 }));
        using var optimizer = s_optimizers[name]([parameter]);
        for (var k = 0; k < 3; k++)
        {
            using var scope = NewDisposeScope();
            parameter.grad = (arange(0, 4, 1, ScalarType.Float64) + k).cos();
            optimizer.step();
        }

        var expected = OracleCase.Optimizers.Single(c => c.Name == name).Expected;
        parameter.data<double>().ToArray().Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }

    [Test]
    public void A_net_learns_and_a_rate_can_be_changed()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1));
        var optimizer = optim.Adam(net.parameters(), 0.05);
        var x = tensor(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        var y = tensor(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });
        var loss = 0f;
        for (var i = 0; i < 200; i++)
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            var error = nn.functional.mse_loss(net.call(x), y);
            error.backward();
            optimizer.step();
            loss = error.item<float>();
        }

        loss.Should().BeLessThan(0.01f);
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate.Should().Be(0.05);
            group.LearningRate = 0;
        }

        var before = net.parameters().First().clone();
        optimizer.step();
        net.parameters().First().Equals(before).Should().BeTrue();
        ((IBetas)optimizer).Betas.Should().Be((0.9, 0.999));
    }

    [Test]
    public void Parameter_groups_have_their_own_settings()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (new Parameter(ones(1)), new Parameter(ones(1)));
        var optimizer = optim.SGD([new SGD.ParamGroup([a], 0.5), new SGD.ParamGroup([b], 0.1)], 0.01);
        (a.grad, b.grad) = (ones(1), ones(1));
        optimizer.step();
        (a.item<float>(), b.item<float>()).Should().Be((0.5f, 0.9f));
        optimizer.parameters().Should().HaveCount(2);
    }

    [Test]
    public void Gradients_are_clipped_together()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (new Parameter(ones(1)), new Parameter(ones(1)));
        (a.grad, b.grad) = (full(1, 3f), full(1, 4f));
        nn.utils.clip_grad_norm_([a, b], 1).Should().BeApproximately(5, 1e-6);
        a.grad!.item<float>().Should().BeApproximately(0.6f, 1e-6f);
        nn.utils.clip_grad_norm_([a, b], 10).Should().BeApproximately(1, 1e-6);
        nn.utils.clip_grad_value_([a, b], 0.7);
        b.grad!.item<float>().Should().BeApproximately(0.7f, 1e-6f);
        var vector = nn.utils.parameters_to_vector([a, b]);
        nn.utils.vector_to_parameters(vector.detach() * 3, [a, b]);
        a.item<float>().Should().Be(3);
    }

    [Test]
    public void Starting_values_have_the_right_spread()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        Tensor New() => empty(200, 300);
        Spread(nn.init.xavier_uniform_(New())).Should().BeApproximately(Math.Sqrt(2.0 / 500), 2e-3);
        Spread(nn.init.xavier_normal_(New(), 2)).Should().BeApproximately(2 * Math.Sqrt(2.0 / 500), 2e-3);
        Spread(nn.init.kaiming_uniform_(New(), 0, nn.init.FanInOut.FanIn, nn.init.NonlinearityType.ReLU)).Should().BeApproximately(Math.Sqrt(2.0 / 300), 2e-3);
        Spread(nn.init.kaiming_normal_(New(), 0, nn.init.FanInOut.FanOut, nn.init.NonlinearityType.ReLU)).Should().BeApproximately(Math.Sqrt(2.0 / 200), 2e-3);
        Spread(nn.init.trunc_normal_(New())).Should().BeApproximately(0.8796, 1e-2);
        nn.init.trunc_normal_(New(), 0, 1, -1, 1).abs().max().ToSingle().Should().BeLessThanOrEqualTo(1);
        var q = nn.init.orthogonal_(empty(3, 5));
        q.matmul(q.t()).allclose(eye(3), 1e-4, 1e-5).Should().BeTrue();
        nn.init.constant_(empty(3), 2).sum().ToSingle().Should().Be(6);
        nn.init.dirac_(empty(2, 2, 3)).sum().ToSingle().Should().Be(2);
        nn.init.CalculateFanInAndFanOut(empty(8, 4, 3, 3)).Should().Be((36, 72));

        static double Spread(Tensor tensor) => tensor.std().ToDouble();
    }

    [Test]
    public void A_convolution_swallows_the_normalisation_behind_it()
    {
        using var scope = NewDisposeScope();
        var conv = nn.Conv2d(2, 3, 3);
        var norm = nn.BatchNorm2d(3);
        var x = randn(4, 2, 6, 6);
        for (var i = 0; i < 3; i++) norm.call(conv.call(x));
        norm.eval();
        var (weight, bias) = nn.utils.fuse_conv_bn_weights(conv.weight, conv.bias, norm.running_mean!, norm.running_var!, norm.eps, norm.weight, norm.bias);
        nn.functional.conv2d(x, weight, bias).allclose(norm.call(conv.call(x)), 1e-4, 1e-5).Should().BeTrue();
    }
}
